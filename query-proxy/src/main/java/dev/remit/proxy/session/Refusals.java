package dev.remit.proxy.session;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a client is told when a statement failed here and not at the source.
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private Refusals() {}

  /// What the first statement is told after its transaction's connection was lost between two
  /// statements.
  static RemitException lostInTransaction() {
    return new RemitException(
        ErrorCode.SOURCE_UNAVAILABLE,
        "the connection to the source was lost; roll back and try again");
  }

  /// What a statement is told that was cancelled before it reached the source.
  static RemitException cancelled() {
    return new RemitException(ErrorCode.QUERY_CANCELED, "query_canceled");
  }

  /// A refusal as it is; anything else is our own mistake: logged here, and told without detail.
  static RemitException of(Throwable failure) {
    if (failure instanceof RemitException refusal) {
      return refusal;
    }
    LOG.error("a statement met a broken invariant", failure);
    return new RemitException(
        ErrorCode.INTERNAL,
        "the statement could not be handled; the operator finds the reason in the log");
  }
}
