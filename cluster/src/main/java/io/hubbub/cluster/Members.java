package io.hubbub.cluster;

import io.hubbub.api.cluster.Node;
import java.util.List;

/** The processes that are connected now; says nothing of who drains. */
public interface Members {
  /** All of them, this one included. Safe from any thread. */
  List<Node> now();

  /** Calls on any thread whenever the list may have changed. */
  void onChange(Runnable changed);

  /** A process that is not clustered: itself. */
  static Members alone(Node self) {
    return new Members() {
      @Override
      public List<Node> now() {
        return List.of(self);
      }

      @Override
      public void onChange(Runnable changed) {
        // Nobody ever comes or goes.
      }
    };
  }
}
