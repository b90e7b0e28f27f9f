package io.hubbub.chat.rest;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.cluster.Homes;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.DescribeNode;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.DrainNode;
import io.hubbub.api.query.NodeState;
import io.hubbub.chat.protocol.JsonOut;
import io.hubbub.chat.rest.Survey.Said;
import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nodes of the cluster, for administrators. */
final class AdminNodes {
  private final ClusterView cluster;
  private final Survey survey;
  private final AuditLog audit;

  AdminNodes(ClusterView cluster, AuditLog audit) {
    this.cluster = cluster;
    this.survey = new Survey(cluster);
    this.audit = audit;
  }

  Map<String, Operation> all() {
    return Map.of("adminListNodes", this::list, "adminDrainNode", this::drain);
  }

  private Future<Answer> list(Call call) {
    View view = cluster.view();
    return survey
        .some(
            view.nodes().stream()
                .filter(node -> !node.roles().contains(Role.SERVICE))
                .map(Node::id)
                .toList(),
            Addresses::node,
            new DescribeNode(),
            NodeState.class)
        .map(said -> list(view, said));
  }

  private static Answer list(View view, Said<NodeState> said) {
    Homes conversations = Homes.of(view, Role.HISTORY);
    Homes users = Homes.of(view, Role.PRESENCE);
    JsonOut out = new JsonOut().object().field("self", view.self());
    out.field("contested", view.contested()).name("nodes").array();
    for (Node node : view.nodes()) {
      out.object().field("id", node.id()).field("name", node.name()).name("roles").array();
      node.roles().stream().map(Role::label).sorted().forEach(label -> out.value(label));
      out.endArray().field("inView", true).field("draining", node.draining());
      out.name("slots").object().field("history", conversations.count(node.id()));
      out.field("presence", users.count(node.id())).endObject();
      state(out, said.answers().get(node.id()));
      out.endObject();
    }
    for (String apart : view.apart()) {
      out.object().field("id", apart).field("name", Node.nameOf(apart));
      out.field("inView", false).field("answers", false).endObject();
    }
    return Answer.bulk(out.endArray().endObject());
  }

  private static void state(JsonOut out, @Nullable NodeState state) {
    out.field("answers", state != null);
    if (state != null) {
      out.name("figures").object();
      state.figures().forEach((name, value) -> out.field(name, value));
      out.endObject().name("problems").object();
      state.problems().forEach((part, what) -> out.field(part, what));
      out.endObject();
    }
  }

  private Future<Answer> drain(Call call) {
    String id = call.pathText("id");
    if (!cluster.view().has(id)) {
      throw new HubbubException(ErrorCode.NOT_FOUND, "no such node in view");
    }
    return audit
        .write(call, "node.drain", id)
        .compose(done -> cluster.ask(Addresses.node(id), new DrainNode(), Done.class))
        .map(
            done ->
                new Answer(
                    202,
                    new JsonOut().object().field("node", id).endObject().toBuffer(),
                    false,
                    0));
  }
}
