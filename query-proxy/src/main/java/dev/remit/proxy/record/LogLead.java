package dev.remit.proxy.record;

import java.util.concurrent.atomic.AtomicInteger;

/// How far statements have run ahead of the log.
///
/// Shared by all event loops. The log is written in order, so when an intent has become durable
/// every intent still outstanding is younger than it.
final class LogLead {
  private final int maximumRecords;
  private final long maximumNanos;
  private final AtomicInteger outstanding = new AtomicInteger();
  private volatile long oldestNanos;

  LogLead(int maximumRecords, long maximumNanos) {
    this.maximumRecords = maximumRecords;
    this.maximumNanos = maximumNanos;
  }

  void begun(long nowNanos) {
    if (outstanding.getAndIncrement() == 0) {
      oldestNanos = nowNanos;
    }
  }

  void durable(long begunNanos) {
    outstanding.decrementAndGet();
    oldestNanos = begunNanos;
  }

  /// One was not written. It may have failed at once, before older ones: it says nothing of them.
  void failed() {
    outstanding.decrementAndGet();
  }

  /// Whether rows may pass before their intent is durable.
  boolean isWithinBounds(long nowNanos) {
    int records = outstanding.get();
    return records == 0 || (records <= maximumRecords && nowNanos - oldestNanos <= maximumNanos);
  }

  int outstanding() {
    return outstanding.get();
  }
}
