package dev.remit.proxy.session;

import java.util.List;

/// The statements of one Query message, run one after the other as one implicit transaction; the
/// first refusal ends it.
final class SimpleQuery {
  private final Session session;
  private final List<String> texts;
  private int next;

  SimpleQuery(Session session, List<String> texts) {
    this.session = session;
    this.texts = texts;
  }

  /// Goes on until something has to be waited for or all is submitted.
  void advance() {
    while (next < texts.size() && !session.isSkipping()) {
      if (session.isSuspended()) {
        session.flushBacklog();
        return;
      }
      String text = texts.get(next++);
      session.handles(text);
      session.withPlan(text, List.of(), plan -> session.runner().runSimple(text, plan));
    }
    if (!session.isWaiting()) {
      session.endBatch();
    }
  }
}
