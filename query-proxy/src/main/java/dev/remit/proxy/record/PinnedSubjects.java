package dev.remit.proxy.record;

import dev.remit.catalog.model.SourceName;
import dev.remit.proxy.model.AccessSummary.PinnedValue;
import dev.remit.proxy.model.AccessSummary.SubjectPin;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Turns the subject keys that a statement fixes into keyed person indexes.
final class PinnedSubjects {
  private PinnedSubjects() {}

  static List<String> of(
      PersonIndex persons,
      SourceName source,
      List<SubjectPin> pins,
      IntFunction<@Nullable String> parameter) {
    List<String> indexes = new ArrayList<>(pins.size());
    for (SubjectPin pin : pins) {
      List<String> values = new ArrayList<>(pin.values().size());
      for (PinnedValue value : pin.values()) {
        String text =
            switch (value) {
              case PinnedValue.Constant constant -> constant.text();
              case PinnedValue.Parameter number -> parameter.apply(number.number());
            };
        if (text != null) {
          values.add(text);
        }
      }
      if (values.size() == pin.values().size()) {
        indexes.add(persons.of(source, pin.table(), values));
      }
    }
    return indexes;
  }
}
