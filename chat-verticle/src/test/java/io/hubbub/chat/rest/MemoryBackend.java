package io.hubbub.chat.rest;

import io.hubbub.api.log.Command;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.log.Outcome;
import io.hubbub.api.query.Account;
import io.hubbub.api.query.BeginLogin;
import io.hubbub.api.query.CheckToken;
import io.hubbub.api.query.CreateRoom;
import io.hubbub.api.query.CreateTicket;
import io.hubbub.api.query.Created;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.EndLogin;
import io.hubbub.api.query.FindAccount;
import io.hubbub.api.query.FindUsers;
import io.hubbub.api.query.Members;
import io.hubbub.api.query.Page;
import io.hubbub.api.query.Profile;
import io.hubbub.api.query.Profiles;
import io.hubbub.api.query.Query;
import io.hubbub.api.query.ReadMembers;
import io.hubbub.api.query.ReadPage;
import io.hubbub.api.query.ReadUsers;
import io.hubbub.api.query.Refreshed;
import io.hubbub.api.query.Register;
import io.hubbub.api.query.RotateRefresh;
import io.hubbub.api.query.TicketHolder;
import io.hubbub.api.query.UseTicket;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Accounts and logins in memory, to try HTTP alone; what history really answers is tried against
 * PostgreSQL elsewhere.
 */
final class MemoryBackend implements Backend {
  final List<Query> asked = new CopyOnWriteArrayList<>();
  final List<Command> appended = new CopyOnWriteArrayList<>();
  final Map<String, Account> accounts = new ConcurrentHashMap<>();
  final Map<String, Refreshed> logins = new ConcurrentHashMap<>();
  final Set<UUID> ended = ConcurrentHashMap.newKeySet();
  final Map<String, TicketHolder> tickets = new ConcurrentHashMap<>();
  volatile int overload;
  volatile Outcome outcome = Outcome.appended(7, 1000, 0, false);
  volatile @Nullable Page page;

  @Override
  public <T> Future<T> ask(Query query, Class<T> answer) {
    asked.add(query);
    try {
      return Future.succeededFuture(answer.cast(answerTo(query)));
    } catch (HubbubException e) {
      return Future.failedFuture(e);
    }
  }

  @Override
  public Future<Outcome> append(Command command) {
    appended.add(command);
    return Future.succeededFuture(outcome);
  }

  @Override
  public int overload() {
    return overload;
  }

  private Object answerTo(Query query) {
    if (query instanceof Register one) {
      Account made = new Account(one.user(), one.user(), one.password(), false, 0);
      if (accounts.putIfAbsent(one.user(), made) != null) {
        throw new HubbubException(ErrorCode.CONFLICT, "the name is taken");
      }
      return made;
    } else if (query instanceof FindAccount one) {
      return account(one.user());
    } else if (query instanceof BeginLogin one) {
      logins.put(one.refresh(), new Refreshed(account(one.user()), one.family()));
      return account(one.user());
    } else if (query instanceof RotateRefresh one) {
      Refreshed login = logins.remove(one.old());
      if (login == null) {
        throw new HubbubException(ErrorCode.TOKEN_REVOKED, "no such login");
      }
      logins.put(one.next(), login);
      return login;
    } else if (query instanceof EndLogin one) {
      ended.add(one.family());
      return new Done();
    } else if (query instanceof CheckToken one) {
      if (one.family() != null && ended.contains(one.family())) {
        throw new HubbubException(ErrorCode.TOKEN_REVOKED, "logged out");
      }
      return new Done();
    } else if (query instanceof CreateTicket one) {
      tickets.put(one.hash(), one.holder());
      return new Done();
    } else if (query instanceof UseTicket one) {
      TicketHolder holder = tickets.remove(one.hash());
      if (holder == null) {
        throw new HubbubException(ErrorCode.UNAUTHENTICATED, "no such ticket");
      }
      return holder;
    } else if (query instanceof FindUsers || query instanceof ReadUsers) {
      return new Profiles(accounts.values().stream().map(MemoryBackend::profile).toList());
    } else if (query instanceof CreateRoom one) {
      return new Created(one.id(), new HashSet<>(asked).size() == asked.size());
    } else if (query instanceof ReadMembers) {
      return new Members(List.of(), false);
    } else if (query instanceof ReadPage && page != null) {
      return page;
    }
    throw new HubbubException(ErrorCode.NOT_A_MEMBER, "not a member");
  }

  private Account account(String user) {
    Account account = accounts.get(user);
    if (account == null) {
      throw new HubbubException(ErrorCode.NOT_FOUND, "no such user");
    }
    return account;
  }

  private static Profile profile(Account account) {
    return new Profile(account.user(), account.name());
  }
}
