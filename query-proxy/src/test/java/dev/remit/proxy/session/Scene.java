package dev.remit.proxy.session;

import dev.remit.catalog.model.SourceName;
import dev.remit.evidence.model.LogEntry;
import dev.remit.platform.http.Blocking;
import dev.remit.platform.testing.MovingClock;
import dev.remit.policy.model.Principal;
import dev.remit.proxy.login.Authenticator;
import dev.remit.proxy.model.PersonIndex;
import dev.remit.proxy.model.UserBounds;
import dev.remit.proxy.record.AccessRecorder;
import dev.remit.proxy.relay.ClientOutput;
import dev.remit.proxy.state.SessionIdentity;
import dev.remit.proxy.state.SettingCatalogue;
import dev.remit.proxy.upstream.SchemaCheck;
import dev.remit.proxy.upstream.UpstreamConnection;
import dev.remit.proxy.upstream.UpstreamPool;
import dev.remit.proxy.upstream.UpstreamTarget;
import dev.remit.proxy.wire.FrameReader;
import dev.remit.proxy.wire.FrontendMessage;
import dev.remit.proxy.wire.WireLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// One client's session with its pool and a scripted source, all on the caller's event loop, moved
/// on one [Action] at a time; it notes what must never happen.
final class Scene implements FrameReader.Listener {
  /// What can happen next.
  enum Action {
    /// The client's next chunk arrives.
    CLIENT,
    /// The oldest plan, or other blocking work, is done.
    PLAN,
    /// The source goes on until it has executed something or said E or Z.
    SOURCE,
    /// The source closes every connection.
    LOST,
    /// A cancel request for the session arrives.
    CANCEL,
    /// The client is gone.
    CLOSE
  }

  final SteppedThreads threads = new SteppedThreads();
  final ScriptedSource source = new ScriptedSource(this::heard);
  final ScriptedPlanner planner = new ScriptedPlanner();
  final ScriptedSocket client = new ScriptedSocket(this::told);
  final UpstreamPool pool;
  final Session session;
  final List<String> answers = new ArrayList<>();
  final List<String> mistakes = new ArrayList<>();

  /// What was appended to the log.
  final List<LogEntry> logged = new ArrayList<>();

  /// The texts that were sent to the source to be parsed.
  final List<String> parsed = new ArrayList<>();

  /// When the log has an entry for good.
  CompletableFuture<Long> durable = CompletableFuture.completedFuture(1L);

  /// The session's: its log-in is good for an hour.
  final MovingClock clock = new MovingClock(Instant.parse("2026-11-21T12:00:00Z"));

  private final FrameReader clientReader = new FrameReader(this, false, 1 << 20);
  private final Deque<List<FrontendMessage>> chunks = new ArrayDeque<>();
  private final Deque<FrontendMessage> unread = new ArrayDeque<>();
  private final Set<Integer> failedBatches = new HashSet<>();
  private int batches;
  private boolean taking;
  private boolean gone;

  Scene(Vertx vertx) {
    SchemaCheck check =
        new SchemaCheck(ScriptedSource.FINGERPRINTS, (source, oid) -> Optional.of("as scanned"));
    Blocking blocking = new Blocking(vertx, threads);
    UpstreamTarget target =
        new UpstreamTarget(
            "source",
            5432,
            "d",
            "u",
            "p",
            UpstreamTarget.Tls.NONE,
            Optional.empty(),
            1,
            1,
            60_000,
            60_000);
    pool = new UpstreamPool(vertx, source, blocking, () -> target, 1);
    AccessRecorder recorder =
        new AccessRecorder(
            (entry, urgency) -> append(entry),
            new PersonIndex(new byte[32]),
            Clock.systemUTC(),
            new SimpleMeterRegistry());
    Principal principal = new Principal("analyst", Set.of(), Set.of(), Map.of());
    ProxyEnvironment environment =
        new ProxyEnvironment(
            planner,
            new OneUser(principal),
            recorder,
            Optional.of(check),
            WireLimits.standard(),
            UserBounds.standard(),
            blocking,
            clock);
    SessionIdentity identity =
        new SessionIdentity(
            principal,
            "analyst",
            Optional.empty(),
            Optional.of(clock.instant().plus(Duration.ofHours(1))),
            new SourceName("crm"),
            SettingCatalogue.initial(
                Map.of("TimeZone", "UTC", "server_version", "18.0"), "analyst"),
            "session",
            "127.0.0.1");
    session =
        new Session(
            environment,
            identity,
            () -> pool,
            vertx.getOrCreateContext(),
            new ClientOutput(client),
            this::take);
  }

  /// The client will send this, when it is its turn.
  void will(List<FrontendMessage> chunk) {
    chunks.addLast(chunk);
  }

  /// What could happen now without anybody's mischief.
  EnumSet<Action> possible() {
    EnumSet<Action> actions = EnumSet.noneOf(Action.class);
    if (!gone && unread.isEmpty() && !chunks.isEmpty()) {
      actions.add(Action.CLIENT);
    }
    if (threads.hasWork()) {
      actions.add(Action.PLAN);
    }
    if (source.backends.stream().anyMatch(ScriptedBackend::hasWork)) {
      actions.add(Action.SOURCE);
    }
    return actions;
  }

  void happens(Action action) {
    switch (action) {
      case CLIENT -> {
        unread.addAll(chunks.removeFirst());
        take();
      }
      case PLAN -> threads.step();
      case SOURCE ->
          source.backends.stream()
              .filter(ScriptedBackend::hasWork)
              .findFirst()
              .ifPresent(ScriptedBackend::step);
      case LOST -> List.copyOf(source.backends).forEach(backend -> backend.socket.lose());
      case CANCEL -> session.cancel();
      case CLOSE -> {
        gone = true;
        session.close();
      }
    }
  }

  /// Answers complete so far: how many ReadyForQuery.
  int batches() {
    return batches;
  }

  boolean isGone() {
    return gone;
  }

  /// Whether every open connection to the source can be lent again.
  boolean nothingIsLent() {
    List<UpstreamConnection> idle = new ArrayList<>();
    for (UpstreamConnection next = pool.tryBorrow("x"); next != null; next = pool.tryBorrow("x")) {
      idle.add(next);
    }
    idle.forEach(pool::giveBack);
    return idle.size() == pool.openCount();
  }

  /// As the client's connection does: in order, as long as the session takes messages.
  private void take() {
    if (taking || gone) {
      return;
    }
    taking = true;
    while (!unread.isEmpty() && !session.isSuspended()) {
      session.take(unread.removeFirst());
    }
    taking = false;
    if (!unread.isEmpty()) {
      session.flushBacklog();
    }
    session.chunkEnd();
  }

  private void told(Buffer bytes) {
    clientReader.feed(bytes);
  }

  @Override
  public boolean message(byte type, Buffer bytes, int from, int to) {
    String text = bytes.getString(from + FrameReader.HEADER_BYTES, to).replace('\0', ' ');
    answers.add((char) type + " " + text);
    if (type == 'E' && !failedBatches.add(batches)) {
      mistakes.add("a second error in one batch: " + text);
    }
    if (type == 'Z') {
      batches++;
    }
    return true;
  }

  @Override
  public boolean rows(Buffer bytes, int from, int to, int count) {
    throw new IllegalStateException("rows are messages here");
  }

  private void heard(String sql) {
    parsed.add(sql);
    noteIfFailed(sql, "was sent to the source");
  }

  private CompletableFuture<Long> append(LogEntry entry) {
    logged.add(entry);
    if (entry.kind().equals("access.intent") && "allowed".equals(entry.fields().get("decision"))) {
      noteIfFailed(String.valueOf(entry.fields().get("statement")), "was recorded as run");
    }
    return durable;
  }

  private void noteIfFailed(String sql, String what) {
    if (failedBatches.stream().anyMatch(batch -> sql.endsWith("/*" + batch + "*/"))) {
      mistakes.add(sql + " " + what + " after its batch had failed");
    }
  }

  private record OneUser(Principal principal) implements Authenticator {
    @Override
    public Optional<dev.remit.policy.model.ScramVerifier> scramVerifier(String user) {
      return Optional.empty();
    }

    @Override
    public Optional<Principal> principal(String user) {
      return Optional.of(principal);
    }

    @Override
    public Optional<Instant> loginEnds(String user) {
      return Optional.empty();
    }

    @Override
    public List<dev.remit.catalog.model.PurposeCode> openPurposes(
        Principal who, SourceName source) {
      return List.of();
    }

    @Override
    public boolean purposeExists(dev.remit.catalog.model.PurposeCode purpose) {
      return true;
    }

    @Override
    public boolean sourceExists(SourceName source) {
      return true;
    }
  }
}
