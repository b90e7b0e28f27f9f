package io.hubbub.bench.load;

/** What the clients of a workload do. All calls come on the load's event loop. */
public interface Play {
  /** The server knows a client. */
  void ready(Client client);

  /** A message of a client's own has come back to it. */
  void own(Client client);

  /** A command of a client was answered with an error. */
  void failed(Client client, String what);
}
