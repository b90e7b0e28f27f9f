package io.hubbub.history.db;

import io.hubbub.api.bus.Wire;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.Beat;
import io.hubbub.api.query.BeginLogin;
import io.hubbub.api.query.ChangeFriendship;
import io.hubbub.api.query.CheckToken;
import io.hubbub.api.query.CreateDirect;
import io.hubbub.api.query.CreateRoom;
import io.hubbub.api.query.CreateTicket;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.EndLogin;
import io.hubbub.api.query.FindAccount;
import io.hubbub.api.query.FindMentions;
import io.hubbub.api.query.FindUsers;
import io.hubbub.api.query.FriendsOf;
import io.hubbub.api.query.FriendsSince;
import io.hubbub.api.query.Heads;
import io.hubbub.api.query.KeepPresence;
import io.hubbub.api.query.ListConversations;
import io.hubbub.api.query.ListFriends;
import io.hubbub.api.query.ListUnread;
import io.hubbub.api.query.MayWatch;
import io.hubbub.api.query.Open;
import io.hubbub.api.query.Query;
import io.hubbub.api.query.ReadAudit;
import io.hubbub.api.query.ReadChanges;
import io.hubbub.api.query.ReadCookie;
import io.hubbub.api.query.ReadHeads;
import io.hubbub.api.query.ReadMembers;
import io.hubbub.api.query.ReadPage;
import io.hubbub.api.query.ReadPresence;
import io.hubbub.api.query.ReadTimes;
import io.hubbub.api.query.ReadUsers;
import io.hubbub.api.query.Register;
import io.hubbub.api.query.RotateRefresh;
import io.hubbub.api.query.RowOf;
import io.hubbub.api.query.UseTicket;
import io.hubbub.api.query.WriteAudit;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Answers every {@link Query} from the database, as its documentation says; failures are {@link
 * HubbubException}s. Safe from any thread.
 */
public final class Answers {
  private final Map<Class<? extends Query>, Function<Query, Future<? extends Wire>>> ways =
      new HashMap<>();
  private final Rooms rooms;

  /** On a database. */
  public Answers(Database database, QueryOptions options) {
    Accounts accounts = new Accounts(database, options);
    UserRows rows = new UserRows(database, options);
    rooms = new Rooms(database, options);
    Pages pages = new Pages(database, options);
    Logins logins = new Logins(database, accounts, options);
    Nodes nodes = new Nodes(database, options);
    Presences presences = new Presences(database);
    Audits audits = new Audits(database, options);
    Tickets tickets = new Tickets(database);
    Friends friends = new Friends(database, options);
    way(ReadPage.class, pages::page);
    way(ListConversations.class, rows::list);
    way(RowOf.class, rows::one);
    way(Open.class, new Openings(accounts, rows, rooms, friends, options)::open);
    way(ReadHeads.class, this::heads);
    way(ReadTimes.class, rooms::times);
    way(ReadMembers.class, rooms::members);
    way(CreateRoom.class, rooms::createRoom);
    way(CreateDirect.class, rooms::createDirect);
    way(Register.class, accounts::register);
    way(FindAccount.class, accounts::find);
    way(FindUsers.class, accounts::beginning);
    way(ReadUsers.class, accounts::profiles);
    way(CheckToken.class, query -> accounts.check(query).map(new Done()));
    way(BeginLogin.class, logins::begin);
    way(RotateRefresh.class, logins::rotate);
    way(EndLogin.class, query -> logins.end(query).map(new Done()));
    way(Beat.class, nodes::beat);
    way(ReadChanges.class, nodes::changes);
    way(MayWatch.class, new Visibility(database, options)::mayWatch);
    way(FriendsOf.class, friends::of);
    way(ListFriends.class, friends::list);
    way(ChangeFriendship.class, friends::change);
    way(WriteAudit.class, query -> audits.write(query).map(new Done()));
    way(ReadAudit.class, audits::read);
    way(CreateTicket.class, query -> tickets.create(query).map(new Done()));
    way(UseTicket.class, tickets::use);
    way(ReadCookie.class, tickets::read);
    way(ListUnread.class, rows::unread);
    way(FriendsSince.class, friends::since);
    way(FindMentions.class, new MentionRows(database)::find);
    way(ReadPresence.class, presences::read);
    way(KeepPresence.class, query -> presences.keep(query).map(new Done()));
  }

  private <Q extends Query> void way(Class<Q> kind, Function<Q, Future<? extends Wire>> answer) {
    ways.put(kind, query -> answer.apply(kind.cast(query)));
  }

  /** The answer to a question; fails with {@code unknown_op} for one that this version lacks. */
  public Future<? extends Wire> answer(Query query) {
    Function<Query, Future<? extends Wire>> way = ways.get(query.getClass());
    return way == null
        ? Future.failedFuture(new HubbubException(ErrorCode.UNKNOWN_OP, null))
        : way.apply(query);
  }

  private Future<Heads> heads(ReadHeads query) {
    return rooms
        .heads(query.conversations())
        .map(
            found -> {
              Map<UUID, Long> heads = new HashMap<>();
              found.forEach(row -> heads.put(row.conversation(), row.head()));
              return new Heads(heads);
            });
  }
}
