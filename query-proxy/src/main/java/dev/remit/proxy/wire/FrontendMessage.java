package dev.remit.proxy.wire;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/// What a client can say after its log-in; one record per message of protocol 3.
public sealed interface FrontendMessage {

  /// `Q`: one or more statements by the simple protocol.
  record Query(String text) implements FrontendMessage {}

  /// `P`: @param parameterTypes type OIDs, 0 = left to the planner
  record Parse(String statement, String text, List<Long> parameterTypes)
      implements FrontendMessage {}

  /// `B`. Parameter values stay encoded, as they are relayed.
  ///
  /// @param formats 0 text, 1 binary: none = all text, one = for all, else one per parameter
  /// @param values each value's length (-1 = NULL) and bytes, as in the message
  /// @param resultFormats the message's tail: count and format codes
  record Bind(
      String portal,
      String statement,
      List<Integer> formats,
      int parameters,
      Buffer values,
      Buffer resultFormats)
      implements FrontendMessage {}

  /// `D`
  record Describe(Target target, String name) implements FrontendMessage {}

  /// `E`: @param maximumRows 0 = all
  record Execute(String portal, int maximumRows) implements FrontendMessage {}

  /// `C`
  record Close(Target target, String name) implements FrontendMessage {}

  /// `H`
  record Flush() implements FrontendMessage {}

  /// `S`
  record Sync() implements FrontendMessage {}

  /// `X`
  record Terminate() implements FrontendMessage {}

  /// `F`, the obsolete fast path; always refused.
  record FunctionCall() implements FrontendMessage {}

  /// `d`, `c`, `f` outside of a COPY FROM: PostgreSQL ignores them, and so do we.
  record CopyRemainder() implements FrontendMessage {}

  /// What Describe and Close speak of.
  enum Target {
    STATEMENT,
    PORTAL
  }
}
