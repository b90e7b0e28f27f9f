package io.hubbub.api.bus;

import io.hubbub.api.link.LinkBatch;
import io.hubbub.api.link.LinkReply;
import io.hubbub.api.query.Account;
import io.hubbub.api.query.Audit;
import io.hubbub.api.query.Beat;
import io.hubbub.api.query.Beats;
import io.hubbub.api.query.BeginLogin;
import io.hubbub.api.query.ChangeFriendship;
import io.hubbub.api.query.Changes;
import io.hubbub.api.query.CheckToken;
import io.hubbub.api.query.Circle;
import io.hubbub.api.query.CreateDirect;
import io.hubbub.api.query.CreateRoom;
import io.hubbub.api.query.CreateTicket;
import io.hubbub.api.query.Created;
import io.hubbub.api.query.DescribeNode;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.DrainNode;
import io.hubbub.api.query.EndLogin;
import io.hubbub.api.query.EndSessions;
import io.hubbub.api.query.ExpirePresence;
import io.hubbub.api.query.FindAccount;
import io.hubbub.api.query.FindMentions;
import io.hubbub.api.query.FindOnline;
import io.hubbub.api.query.FindUsers;
import io.hubbub.api.query.FriendsOf;
import io.hubbub.api.query.FriendsSince;
import io.hubbub.api.query.Friendship;
import io.hubbub.api.query.Friendships;
import io.hubbub.api.query.Heads;
import io.hubbub.api.query.KeepPresence;
import io.hubbub.api.query.KeptPresences;
import io.hubbub.api.query.ListConversations;
import io.hubbub.api.query.ListFriends;
import io.hubbub.api.query.ListOnline;
import io.hubbub.api.query.ListSessions;
import io.hubbub.api.query.ListUnread;
import io.hubbub.api.query.MayWatch;
import io.hubbub.api.query.Members;
import io.hubbub.api.query.Mentions;
import io.hubbub.api.query.NodeState;
import io.hubbub.api.query.Online;
import io.hubbub.api.query.OnlineChanges;
import io.hubbub.api.query.Open;
import io.hubbub.api.query.Opened;
import io.hubbub.api.query.Page;
import io.hubbub.api.query.Profiles;
import io.hubbub.api.query.ReadAudit;
import io.hubbub.api.query.ReadChanges;
import io.hubbub.api.query.ReadCookie;
import io.hubbub.api.query.ReadHeads;
import io.hubbub.api.query.ReadMembers;
import io.hubbub.api.query.ReadOnlineChanges;
import io.hubbub.api.query.ReadPage;
import io.hubbub.api.query.ReadPresence;
import io.hubbub.api.query.ReadSeats;
import io.hubbub.api.query.ReadTimes;
import io.hubbub.api.query.ReadUsers;
import io.hubbub.api.query.Refreshed;
import io.hubbub.api.query.Register;
import io.hubbub.api.query.RotateRefresh;
import io.hubbub.api.query.RowOf;
import io.hubbub.api.query.Rows;
import io.hubbub.api.query.Seats;
import io.hubbub.api.query.Sessions;
import io.hubbub.api.query.TicketHolder;
import io.hubbub.api.query.UseTicket;
import io.hubbub.api.query.Users;
import io.hubbub.api.query.WriteAudit;
import io.vertx.core.eventbus.EventBus;
import java.util.function.Function;

/** Registers every message of the bus. The names are on the wire and never change. */
public final class BusCodecs {
  private BusCodecs() {}

  /** Registers all codecs, once for each Vert.x instance. */
  public static void register(EventBus bus) {
    add(bus, LinkBatch.class, "link.batch", LinkBatch::read);
    add(bus, LinkReply.class, "link.reply", LinkReply::read);
    add(bus, Digest.class, "digest", Digest::read);
    add(bus, DigestReply.class, "digest.reply", DigestReply::read);
    add(bus, Nudge.class, "nudge", Nudge::read);
    add(bus, Open.class, "open", Open::read);
    add(bus, Opened.class, "opened", Opened::read);
    add(bus, ListConversations.class, "list.conversations", ListConversations::read);
    add(bus, Rows.class, "rows", Rows::read);
    add(bus, RowOf.class, "row.of", RowOf::read);
    add(bus, ReadPage.class, "read.page", ReadPage::read);
    add(bus, Page.class, "page", Page::read);
    add(bus, ReadHeads.class, "read.heads", ReadHeads::read);
    add(bus, Heads.class, "heads", Heads::read);
    add(bus, ReadTimes.class, "read.times", ReadTimes::read);
    add(bus, ReadChanges.class, "read.changes", ReadChanges::read);
    add(bus, Changes.class, "changes", Changes::read);
    add(bus, ReadUsers.class, "read.users", ReadUsers::read);
    add(bus, FindUsers.class, "find.users", FindUsers::read);
    add(bus, Profiles.class, "profiles", Profiles::read);
    add(bus, ReadMembers.class, "read.members", ReadMembers::read);
    add(bus, Members.class, "members", Members::read);
    add(bus, CreateRoom.class, "create.room", CreateRoom::read);
    add(bus, CreateDirect.class, "create.direct", CreateDirect::read);
    add(bus, Created.class, "created", Created::read);
    add(bus, Register.class, "register", Register::read);
    add(bus, FindAccount.class, "find.account", FindAccount::read);
    add(bus, Account.class, "account", Account::read);
    add(bus, BeginLogin.class, "begin.login", BeginLogin::read);
    add(bus, RotateRefresh.class, "rotate.refresh", RotateRefresh::read);
    add(bus, Refreshed.class, "refreshed", Refreshed::read);
    add(bus, EndLogin.class, "end.login", EndLogin::read);
    add(bus, CheckToken.class, "check.token", CheckToken::read);
    add(bus, Done.class, "done", Done::read);
    add(bus, Beat.class, "beat", Beat::read);
    add(bus, MayWatch.class, "may.watch", MayWatch::read);
    add(bus, FriendsOf.class, "friends.of", FriendsOf::read);
    add(bus, Users.class, "users", Users::read);
    add(bus, ReadPresence.class, "read.presence", ReadPresence::read);
    add(bus, KeepPresence.class, "keep.presence", KeepPresence::read);
    add(bus, KeptPresences.class, "kept.presences", KeptPresences::read);
    add(bus, ListOnline.class, "list.online", ListOnline::read);
    add(bus, FindOnline.class, "find.online", FindOnline::read);
    add(bus, Online.class, "online", Online::read);
    add(bus, Beats.class, "beats", Beats::read);
    add(bus, ChangeFriendship.class, "change.friendship", ChangeFriendship::read);
    add(bus, Friendship.class, "friendship", Friendship::read);
    add(bus, ListFriends.class, "list.friends", ListFriends::read);
    add(bus, Friendships.class, "friendships", Friendships::read);
    add(bus, DescribeNode.class, "describe.node", DescribeNode::read);
    add(bus, NodeState.class, "node.state", NodeState::read);
    add(bus, DrainNode.class, "drain.node", DrainNode::read);
    add(bus, ListSessions.class, "list.sessions", ListSessions::read);
    add(bus, EndSessions.class, "end.sessions", EndSessions::read);
    add(bus, Sessions.class, "sessions", Sessions::read);
    add(bus, ExpirePresence.class, "expire.presence", ExpirePresence::read);
    add(bus, ReadOnlineChanges.class, "read.online.changes", ReadOnlineChanges::read);
    add(bus, OnlineChanges.class, "online.changes", OnlineChanges::read);
    add(bus, WriteAudit.class, "write.audit", WriteAudit::read);
    add(bus, ReadAudit.class, "read.audit", ReadAudit::read);
    add(bus, Audit.class, "audit", Audit::read);
    add(bus, CreateTicket.class, "create.ticket", CreateTicket::read);
    add(bus, UseTicket.class, "use.ticket", UseTicket::read);
    add(bus, ReadCookie.class, "read.cookie", ReadCookie::read);
    add(bus, TicketHolder.class, "ticket.holder", TicketHolder::read);
    add(bus, FindMentions.class, "find.mentions", FindMentions::read);
    add(bus, Mentions.class, "mentions", Mentions::read);
    add(bus, Circle.class, "circle", Circle::read);
    add(bus, ReadSeats.class, "read.seats", ReadSeats::read);
    add(bus, Seats.class, "seats", Seats::read);
    add(bus, ListUnread.class, "list.unread", ListUnread::read);
    add(bus, FriendsSince.class, "friends.since", FriendsSince::read);
  }

  /** Registers all codecs where nobody has; for those who are given a Vert.x instance. */
  public static synchronized void registerOnce(EventBus bus) {
    try {
      register(bus);
    } catch (IllegalStateException e) {
      // They are there: the first name is taken before any other is tried.
      return;
    }
  }

  private static <T extends Wire> void add(
      EventBus bus, Class<T> type, String name, Function<In, T> reader) {
    bus.registerDefaultCodec(type, new WireCodec<>("hubbub." + name, reader));
  }
}
