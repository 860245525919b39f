package dev.remit.proxy.state;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.upstream.UpstreamSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// A session's transaction and its settings, which follow it: what was set inside is undone by
/// ROLLBACK, what was set LOCAL ends with it.
///
/// ```
///            BEGIN                 refusal or error
///   idle ───────────▶ in block ──────────────────────▶ failed
///    ▲  COMMIT, ROLLBACK  │  ▲      ROLLBACK TO           │
///    └────────────────────┘  └────────────────────────────┤
///    └──────────────── COMMIT (= ROLLBACK), ROLLBACK ─────┘
/// ```
///
/// It is the state as of what was *submitted*; ReadyForQuery of the source corrects it. Owned by
/// the session's event loop.
public final class SessionState {
  private record Savepoint(String name, Map<String, String> current, Map<String, String> lasting) {}

  private final Map<String, String> initial;
  private Map<String, String> current;
  private Map<String, String> lasting;
  private Map<String, String> atStart;
  private Map<String, String> source;
  private final Deque<Savepoint> savepoints = new ArrayDeque<>();
  private boolean inBlock;
  private boolean failed;

  /// Something was set outside of a block since the batch began.
  private boolean unsettled;

  /// @param initial what RESET goes back to
  public SessionState(Map<String, String> initial) {
    this.initial = initial;
    this.current = initial;
    this.lasting = initial;
    this.atStart = initial;
    this.source = UpstreamSettings.of(initial);
  }

  public String value(String spelled) {
    return current.getOrDefault(spelled, "");
  }

  public String initialValue(String spelled) {
    return initial.getOrDefault(spelled, "");
  }

  public Map<String, String> values() {
    return current;
  }

  /// The settings to be in force at the source; the same object as long as nothing changed.
  public Map<String, String> source() {
    return source;
  }

  /// @param local until the end of the transaction only
  public void set(String spelled, String value, boolean local) {
    current = with(current, spelled, value);
    if (!local) {
      lasting = with(lasting, spelled, value);
    }
    unsettled |= !inBlock;
    changed();
  }

  public void resetAll() {
    current = initial;
    lasting = initial;
    unsettled |= !inBlock;
    changed();
  }

  /// Whether the last batch, unless it fails, has changed what the next one begins with: that must
  /// not begin before it is known.
  public boolean isUnsettled() {
    return unsettled;
  }

  public boolean isInBlock() {
    return inBlock;
  }

  public boolean hasFailed() {
    return failed;
  }

  /// A batch outside of a block begins: what it sets is undone when it fails.
  public void batchBegins() {
    unsettled = false;
    if (!inBlock) {
      atStart = current;
    }
  }

  public void begin() {
    if (!inBlock) {
      inBlock = true;
      failed = false;
    }
  }

  /// A refusal or an error: inside a block it fails, outside the batch is undone.
  public void fail() {
    if (inBlock) {
      failed = true;
    } else {
      restore(atStart, atStart);
    }
  }

  public void commit() {
    if (failed) {
      rollback();
      return;
    }
    end();
    restore(lasting, lasting);
  }

  public void rollback() {
    end();
    restore(atStart, atStart);
  }

  public void savepoint(String name) {
    if (savepoints.size() >= 1_000) {
      throw new RemitException(
          ErrorCode.STATEMENT_TOO_COMPLEX, "a transaction has at most 1,000 savepoints");
    }
    savepoints.push(new Savepoint(name, current, lasting));
  }

  public void release(String name) {
    if (hasSavepoint(name)) {
      while (!savepoints.pop().name.equals(name)) {}
    }
  }

  public void rollbackTo(String name) {
    if (hasSavepoint(name)) {
      while (!savepoints.isEmpty()) {
        Savepoint top = savepoints.element();
        if (top.name.equals(name)) {
          failed = false;
          restore(top.current, top.lasting);
          return;
        }
        savepoints.pop();
      }
    }
  }

  public boolean hasSavepoint(String name) {
    return savepoints.stream().anyMatch(savepoint -> savepoint.name.equals(name));
  }

  /// The source's own word on the transaction; answers the status for the client.
  ///
  /// @param settled whether nothing else was submitted since
  public char confirm(char status, boolean settled) {
    if (settled && status == 'I' && inBlock) {
      rollback();
    } else if (settled && status != 'I') {
      inBlock = true;
    }
    if (status == 'E') {
      failed = true;
    }
    return failed && inBlock ? 'E' : status;
  }

  /// Status of a batch that the source had no part in.
  public char status() {
    return !inBlock ? 'I' : failed ? 'E' : 'T';
  }

  private void end() {
    inBlock = false;
    failed = false;
    savepoints.clear();
  }

  private void restore(Map<String, String> newCurrent, Map<String, String> newLasting) {
    if (current != newCurrent || lasting != newLasting) {
      current = newCurrent;
      lasting = newLasting;
      changed();
    }
  }

  private void changed() {
    Map<String, String> now = UpstreamSettings.of(current);
    if (!now.equals(source)) {
      source = now;
    }
  }

  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    Map<String, String> copy = new HashMap<>(map);
    copy.put(name, value);
    return Map.copyOf(copy);
  }
}
