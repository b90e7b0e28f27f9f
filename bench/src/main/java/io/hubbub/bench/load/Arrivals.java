package io.hubbub.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Opens the sockets of clients, a few at a time. Confined to the load's event loop. */
final class Arrivals {
  /** Whether clients use io_uring, which leaves more of the machine to the servers. */
  static final boolean RING = IoUring.isAvailable();

  private static final int READ_BYTES = 64 << 10;
  private static final int CONNECT_MILLIS = 20_000;

  /** Loopback addresses that clients come from: each has ports of its own. */
  private static final int SOURCES = 60;

  private final EventLoop loop;
  private final List<Client> clients;
  private final List<Integer> ports;
  private final int atOnce;
  private int begun;
  private int arrived;
  private int opened;

  Arrivals(EventLoop loop, List<Client> clients, List<Integer> ports, int atOnce) {
    this.loop = loop;
    this.clients = clients;
    this.ports = ports;
    this.atOnce = atOnce;
  }

  /** How many of the clients the server knows. */
  int arrived() {
    return arrived;
  }

  /** Opens as many as may be on their way. */
  void more() {
    while (begun < clients.size() && begun - arrived < atOnce) {
      open(clients.get(begun++));
    }
  }

  /** Opens one more. */
  void again(Client client) {
    open(client);
  }

  private void arrived(Client client) {
    arrived++;
    more();
  }

  private void open(Client client) {
    client.onReady(this::arrived);
    int port = ports.get(opened % ports.size());
    new Bootstrap()
        .group(loop)
        .channel(RING ? IoUringSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(client);
              }
            })
        .connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            new InetSocketAddress(source(opened++ % SOURCES), 0))
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                client.wrong("cannot connect: " + done.cause());
              }
            });
  }

  private static InetAddress source(int i) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (i + 2)});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
