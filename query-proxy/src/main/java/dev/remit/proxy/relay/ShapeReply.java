package dev.remit.proxy.relay;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.state.ResultShape;
import dev.remit.proxy.wire.WireError;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/// Describe of a statement that was decided anew: its result types have to be the ones the client
/// knows.
final class ShapeReply implements Reply {
  private final ResultShape shape;
  private Optional<RemitException> problem = Optional.empty();

  ShapeReply(ResultShape shape) {
    this.shape = shape;
  }

  @Override
  public boolean message(byte type, Buffer bytes, int from, int to, ClientOutput client) {
    if (type == 't') {
      return false;
    }
    if (type != 'T' && type != 'n') {
      throw new UnexpectedMessage();
    }
    if (!shape.isSame(type, bytes, from, to)) {
      problem =
          Optional.of(
              new RemitException(
                  ErrorCode.RESULT_TYPE_CHANGED,
                  WireError.RESULT_TYPE_CHANGED + "; prepare the statement again"));
    }
    return true;
  }

  @Override
  public Optional<RemitException> problem() {
    return problem;
  }
}
