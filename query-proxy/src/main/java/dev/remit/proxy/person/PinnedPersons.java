package dev.remit.proxy.person;

import dev.remit.catalog.model.SourceName;
import dev.remit.proxy.model.AccessSummary.Choice;
import dev.remit.proxy.model.AccessSummary.PinnedValue;
import dev.remit.proxy.model.AccessSummary.SubjectPin;
import dev.remit.proxy.model.PersonIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Turns the subject keys that a statement fixes into keyed person indexes, for one run of it.
public final class PinnedPersons {
  /// Most persons of one statement that its record names.
  static final int MOST = 100;

  private final IntFunction<@Nullable ParameterValue> parameters;

  private PinnedPersons(IntFunction<@Nullable ParameterValue> parameters) {
    this.parameters = parameters;
  }

  /// Digests, each once; [PersonIndex#MANY] alone when there are more than a record names.
  ///
  /// @param parameters the client's parameter of a 1-based number, null when there is none or it is
  ///   NULL
  public static List<String> of(
      PersonIndex persons,
      SourceName source,
      List<SubjectPin> pins,
      IntFunction<@Nullable ParameterValue> parameters) {
    PinnedPersons pinned = new PinnedPersons(parameters);
    Set<String> indexes = new LinkedHashSet<>();
    for (SubjectPin pin : pins) {
      List<List<String>> keys = pinned.keys(pin);
      for (List<String> key : keys) {
        persons.of(source, pin.table(), pin.types(), key).ifPresent(indexes::add);
      }
      if (keys.size() > MOST || indexes.size() > MOST) {
        return List.of(PersonIndex.MANY);
      }
    }
    return List.copyOf(indexes);
  }

  /// Every key that the choices together make; at most one more than a record names.
  private List<List<String>> keys(SubjectPin pin) {
    List<Map<Integer, String>> keys = List.of(Map.of());
    for (Choice choice : pin.choices()) {
      List<Map<Integer, String>> longer = new ArrayList<>();
      for (Map<Integer, String> begun : keys) {
        choice.rows().forEach(row -> extend(pin, choice, row, begun, longer));
      }
      keys = longer;
    }
    return keys.stream().map(key -> List.copyOf(new TreeMap<>(key).values())).toList();
  }

  /// @param begun texts by their place in the key
  private void extend(
      SubjectPin pin,
      Choice choice,
      List<PinnedValue> row,
      Map<Integer, String> begun,
      List<Map<Integer, String>> into) {
    List<Map<Integer, String>> made = List.of(begun);
    for (int i = 0; i < row.size(); i++) {
      int place = choice.columns().get(i);
      List<Map<Integer, String>> longer = new ArrayList<>();
      for (String text : texts(row.get(i), pin.types().get(place))) {
        for (Map<Integer, String> key : made) {
          Map<Integer, String> copy = new HashMap<>(key);
          copy.put(place, text);
          longer.add(copy);
        }
      }
      made = longer;
    }
    made.stream().limit(MOST + 1L - into.size()).forEach(into::add);
  }

  private List<String> texts(PinnedValue value, long columnType) {
    return switch (value) {
      case PinnedValue.Constant constant -> List.of(constant.text());
      case PinnedValue.Parameter parameter -> {
        ParameterValue bound = parameters.apply(parameter.number());
        yield bound == null
            ? List.of()
            : BoundTexts.scalar(bound, parameter.type() == 0 ? columnType : parameter.type());
      }
      case PinnedValue.Elements elements -> elements(elements.array());
    };
  }

  private List<String> elements(PinnedValue array) {
    return switch (array) {
      case PinnedValue.Constant constant -> ArrayText.elements(constant.text(), MOST + 1);
      case PinnedValue.Parameter parameter -> {
        ParameterValue bound = parameters.apply(parameter.number());
        yield bound == null ? List.of() : BoundTexts.elements(bound, MOST + 1);
      }
      case PinnedValue.Elements nested -> List.of();
    };
  }
}
