package dev.remit.catalog.classify.text;

import java.util.ArrayList;
import java.util.List;

/// The spans found so far in one text, in order and without overlap. Owned by one scan.
final class Findings {
  private final List<Span> spans = new ArrayList<>(4);

  /// Takes the span unless a stronger reading of the same characters is there; weaker ones go.
  void add(Span.Kind kind, int start, int end) {
    while (!spans.isEmpty() && spans.getLast().end() > start) {
      if (!kind.beats(spans.getLast().kind())) {
        return;
      }
      spans.removeLast();
    }
    spans.add(new Span(kind, start, end));
  }

  List<Span> inOrder() {
    return List.copyOf(spans);
  }
}
