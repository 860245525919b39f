package dev.remit.proxy.edge;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.relay.ClientOutput;
import dev.remit.proxy.session.Session;
import dev.remit.proxy.wire.BackendMessages;
import dev.remit.proxy.wire.FrameReader;
import dev.remit.proxy.wire.FrontendDecoder;
import dev.remit.proxy.wire.FrontendMessage;
import dev.remit.proxy.wire.StartupMessage;
import dev.remit.proxy.wire.WireError;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One client's socket: from its first bytes to its end.
///
/// ```
///              SSLRequest ─▶ S, TLS ┐           SASL ok
///  STARTUP ───────────────────◀─────┘   LOGIN ───────────▶ SESSION ── X, FATAL, close ──▶ CLOSED
///     │ GSSENCRequest ─▶ N               ▲  │ wrong: FATAL ──────────────────────────────▶
///     │ CancelRequest ─▶ close           │
///     └─ Startup ────────────────────────┘
/// ```
///
/// No byte that came before the TLS handshake is read after it: such bytes end the connection.
/// Owned by one event loop.
public final class ClientConnection implements FrameReader.Listener {
  private static final int LOGIN_MESSAGE_BYTES = 8_192;
  private static final int MINIMUM_PACKET_BYTES = 8;
  private static final int TLS_HANDSHAKE_RECORD = 0x16;

  private static final String HTTP_ANSWER =
      """
      HTTP/1.1 400 Bad Request\r
      Content-Type: text/plain\r
      Connection: close\r
      \r
      This port speaks the PostgreSQL protocol, not HTTP; connect with psql.
      """;

  private enum Stage {
    STARTUP,
    ENCRYPTING,
    LOGIN,
    SESSION,
    CLOSED
  }

  private final EdgeEnvironment edge;
  private final NetSocket socket;
  private final Context loop;
  private final String peer;
  private final FrontendDecoder decoder;
  private final ClientOutput output;
  private final long loginTimer;
  private Stage stage = Stage.STARTUP;
  private Buffer pending = Buffer.buffer();
  private FrameReader reader;
  private @Nullable LoginSequence login;
  private @Nullable Session session;
  private int processId;
  private Optional<String> counted = Optional.empty();
  private boolean knocking;
  private boolean admitted;
  private boolean inputPaused;

  /// Takes over a socket just accepted, on its event loop.
  public ClientConnection(EdgeEnvironment edge, Vertx vertx, NetSocket socket) {
    this.edge = edge;
    this.socket = socket;
    this.loop = vertx.getOrCreateContext();
    this.peer = String.valueOf(socket.remoteAddress().hostAddress());
    this.decoder = new FrontendDecoder(edge.environment().limits());
    this.output = new ClientOutput(socket);
    this.reader = new FrameReader(this, false, LOGIN_MESSAGE_BYTES);
    this.loginTimer = vertx.setTimer(edge.settings().loginMillis(), ignored -> loginTimedOut());
    socket.handler(this::chunk);
    socket.closeHandler(ignored -> closed(vertx));
    socket.exceptionHandler(ignored -> socket.close());
  }

  /// Begins the log-in, or is turned away.
  public void knock() {
    knocking = true;
    try {
      edge.admission().knocked(peer);
    } catch (RemitException turnedAway) {
      end(turnedAway);
    }
  }

  /// Whether something runs that a graceful stop waits for.
  public boolean isBusy() {
    return stage == Stage.SESSION && session != null && session.isBusy();
  }

  /// Ends the connection with a FATAL error, for shutdown.
  public void end(RemitException reason) {
    fatal(WireError.fatal(reason));
  }

  /// Ends the connection when its open transaction asked nothing for too long.
  ///
  /// @param nowMillis of a clock that only goes forward
  public void endIfIdle(long nowMillis) {
    if (stage == Stage.SESSION && session != null) {
      try {
        session.requireBusy(nowMillis);
      } catch (RemitException idle) {
        end(idle);
      }
    }
  }

  @Override
  public boolean message(byte type, Buffer bytes, int from, int to) {
    return switch (stage) {
      case LOGIN -> {
        if (login != null) {
          login.message(type, bytes, from, to);
        }
        yield true;
      }
      case SESSION -> sessionMessage(type, bytes, from, to);
      case STARTUP, ENCRYPTING, CLOSED -> true;
    };
  }

  @Override
  public boolean rows(Buffer bytes, int from, int to, int count) {
    throw new IllegalStateException("a client's reader does not batch rows");
  }

  private boolean sessionMessage(byte type, Buffer bytes, int from, int to) {
    Session open = java.util.Objects.requireNonNull(session);
    if (open.isSuspended()) {
      inputPaused = true;
      socket.pause();
      open.flushBacklog();
      return false;
    }
    if (edge.admission().isStopping() && !open.isBusy()) {
      end(Admission.stopped());
      return true;
    }
    try {
      FrontendMessage message = decoder.decode(type, bytes, from, to);
      if (message instanceof FrontendMessage.Terminate) {
        socket.close();
        reader.stop();
      } else {
        open.take(message);
      }
    } catch (RemitException refusal) {
      if (refusal.code() != ErrorCode.STATEMENT_TOO_LARGE) {
        throw refusal;
      }
      open.refuseMessage(type == 'Q', refusal);
    }
    return true;
  }

  private void chunk(Buffer bytes) {
    try {
      switch (stage) {
        case STARTUP -> startup(pending.appendBuffer(bytes));
        case ENCRYPTING -> fatal(violation("bytes were sent in clear after the request for TLS"));
        case LOGIN, SESSION -> reader.feed(bytes);
        case CLOSED -> {}
      }
      if (session != null) {
        session.chunkEnd();
      }
    } catch (RemitException malformed) {
      fatal(WireError.fatal(malformed));
    } catch (RuntimeException broken) {
      close();
      throw broken;
    }
  }

  private void startup(Buffer bytes) {
    if (bytes.length() < 4) {
      return;
    }
    if (isHttp(bytes)) {
      socket.write(HTTP_ANSWER);
      close();
      return;
    }
    if (bytes.getByte(0) == TLS_HANDSHAKE_RECORD) {
      close();
      return;
    }
    int length = bytes.getInt(0);
    if (length < MINIMUM_PACKET_BYTES || length > edge.environment().limits().startupBytes()) {
      throw new RemitException(
          ErrorCode.PROTOCOL_VIOLATION,
          "this is not a startup packet of the PostgreSQL protocol, or it is over "
              + edge.environment().limits().startupBytes()
              + " bytes");
    }
    if (bytes.length() < length) {
      return;
    }
    Buffer rest = bytes.getBuffer(length, bytes.length());
    pending = Buffer.buffer();
    take(StartupMessage.decode(bytes.slice(4, length)), rest);
  }

  private void take(StartupMessage message, Buffer rest) {
    switch (message) {
      case StartupMessage.SslRequest ignored -> encrypt(rest);
      case StartupMessage.GssEncryptionRequest ignored -> {
        requireNothing(rest);
        socket.write(Buffer.buffer(new byte[] {'N'}));
      }
      case StartupMessage.CancelRequest request -> {
        edge.cancel(request, peer);
        close();
      }
      case StartupMessage.Startup start -> {
        if (edge.settings().tlsRequired() && !socket.isSsl()) {
          throw new RemitException(
              ErrorCode.UNAUTHENTICATED,
              "this port needs TLS; connect with sslmode=require or stronger");
        }
        stage = Stage.LOGIN;
        login = new LoginSequence(edge, start, peer, output, new LoginOutcome());
        login.begin();
        if (rest.length() > 0) {
          reader.feed(rest);
        }
      }
    }
  }

  private void encrypt(Buffer rest) {
    requireNothing(rest);
    if (edge.settings().tls().isEmpty() || socket.isSsl()) {
      socket.write(Buffer.buffer(new byte[] {'N'}));
      return;
    }
    stage = Stage.ENCRYPTING;
    edge.settings()
        .tls()
        .get()
        .upgrade(socket)
        .onSuccess(ignored -> stage = Stage.STARTUP)
        .onFailure(ignored -> close());
  }

  private static void requireNothing(Buffer rest) {
    if (rest.length() > 0) {
      throw new RemitException(
          ErrorCode.PROTOCOL_VIOLATION, "bytes were sent before the answer to the request for TLS");
    }
  }

  private static boolean isHttp(Buffer bytes) {
    String start = bytes.getString(0, 4, StandardCharsets.US_ASCII.name());
    return switch (start) {
      case "GET ", "POST", "HEAD", "PUT ", "OPTI", "DELE", "PATC", "CONN", "TRAC", "PRI " -> true;
      default -> false;
    };
  }

  /// What the log-in came to.
  private final class LoginOutcome implements LoginSequence.Outcome {
    @Override
    public void refused(WireError error) {
      fatal(error);
    }

    @Override
    public void accepted(LoginSequence.Accepted accepted) {
      if (stage == Stage.CLOSED) {
        return;
      }
      String name = accepted.identity().principal().name();
      try {
        edge.users().entered(name);
        counted = Optional.of(name);
        edge.admission().entered();
        admitted = true;
        leaveLogin();
      } catch (RemitException tooMany) {
        end(tooMany);
        return;
      }
      Session opened =
          new Session(
              edge.environment(),
              accepted.identity(),
              () -> edge.pool(accepted.identity().source()),
              loop,
              output,
              ClientConnection.this::resumeInput);
      session = opened;
      Buffer rest = reader.takeRemainder();
      reader =
          new FrameReader(ClientConnection.this, false, edge.environment().limits().messageBytes());
      stage = Stage.SESSION;
      CancelRegistry.Key key =
          edge.cancels().register(accepted.longCancelKey(), peer, loop, opened::cancel);
      processId = key.processId();
      BackendMessages.backendKeyData(output.buffer(), key.processId(), key.secret());
      BackendMessages.readyForQuery(output.buffer(), 'I');
      output.flush();
      if (rest.length() > 0) {
        chunk(rest);
      }
    }
  }

  private void resumeInput() {
    if (stage == Stage.SESSION && inputPaused) {
      try {
        inputPaused = false;
        reader.resume();
        if (session != null) {
          session.chunkEnd();
        }
        if (!inputPaused) {
          socket.resume();
        }
      } catch (RemitException malformed) {
        fatal(WireError.fatal(malformed));
      } catch (RuntimeException broken) {
        close();
        throw broken;
      }
    }
  }

  private void loginTimedOut() {
    if (stage != Stage.SESSION) {
      close();
    }
  }

  private static WireError violation(String message) {
    return WireError.fatal(new RemitException(ErrorCode.PROTOCOL_VIOLATION, message));
  }

  private void fatal(WireError error) {
    if (stage == Stage.CLOSED) {
      return;
    }
    BackendMessages.error(output.buffer(), error);
    output.flush();
    close();
  }

  private void close() {
    stage = Stage.CLOSED;
    socket.close();
  }

  private void leaveLogin() {
    if (knocking) {
      knocking = false;
      edge.admission().left(peer);
    }
  }

  private void closed(Vertx vertx) {
    stage = Stage.CLOSED;
    vertx.cancelTimer(loginTimer);
    counted.ifPresent(edge.users()::left);
    leaveLogin();
    if (admitted) {
      edge.admission().ended();
    }
    if (login != null) {
      login.ended();
    }
    if (session != null) {
      edge.cancels().remove(processId);
      session.close();
    }
    edge.closed(this);
  }
}
