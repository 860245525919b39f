package dev.remit.proxy.wire;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;

/// How soon a peer is noticed that has vanished without a word: a machine that lost its power, a
/// connection that a firewall forgot.
///
/// Who says nothing is probed after half a minute and given up after a minute; who takes nothing of
/// what is sent, after two minutes for a source and ten for a client, which may be a slow reader.
/// The times need the native transport; without it the machine's own hold.
///
/// Linux, tcp(7).
public final class TcpLiveness {
  private static final int IDLE_SECONDS = 30;
  private static final int INTERVAL_SECONDS = 10;
  private static final int PROBES = 3;
  private static final int SOURCE_TAKES_NOTHING_MILLIS = 120_000;
  private static final int CLIENT_TAKES_NOTHING_MILLIS = 600_000;
  private static final String NATIVE_OPTION = "io.netty.channel.epoll.EpollChannelOption#";

  private TcpLiveness() {}

  /// For connections to sources.
  public static NetClientOptions sources(NetClientOptions options) {
    return options.setTcpKeepAlive(true).setTcpUserTimeout(SOURCE_TAKES_NOTHING_MILLIS);
  }

  /// For connections of clients.
  public static NetServerOptions clients(NetServerOptions options) {
    return options.setTcpKeepAlive(true).setTcpUserTimeout(CLIENT_TAKES_NOTHING_MILLIS);
  }

  /// Sets when a new connection's peer is probed.
  public static void probe(NetSocket socket) {
    ChannelConfig config = ((NetSocketInternal) socket).channelHandlerContext().channel().config();
    set(config, "TCP_KEEPIDLE", IDLE_SECONDS);
    set(config, "TCP_KEEPINTVL", INTERVAL_SECONDS);
    set(config, "TCP_KEEPCNT", PROBES);
  }

  /// By its name, as the native transport's classes are not there on every machine; a channel of
  /// another kind does not know the option and leaves it.
  private static void set(ChannelConfig config, String name, int value) {
    config.setOption(ChannelOption.valueOf(NATIVE_OPTION + name), value);
  }
}
