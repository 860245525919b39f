package dev.remit.proxy.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs each piece of blocking work when the test says so, on the test's thread.
final class SteppedThreads extends AbstractExecutorService {
  private final Deque<Runnable> queued = new ArrayDeque<>();

  boolean hasWork() {
    return !queued.isEmpty();
  }

  void step() {
    queued.removeFirst().run();
  }

  @Override
  public void execute(Runnable work) {
    queued.addLast(work);
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return true;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
