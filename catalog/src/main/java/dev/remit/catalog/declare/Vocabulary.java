package dev.remit.catalog.declare;

import dev.remit.catalog.model.CatalogSnapshot.Category;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The tags there are: the built-in taxonomy and what is declared beside it.
///
/// A misspelt tag would be worse than none, because masks that go by tag would not meet the column;
/// so a tag that nobody declared is refused.
public final class Vocabulary {
  private final Map<String, Category> categories = new HashMap<>();
  private final TreeSet<String> names = new TreeSet<>();

  /// @param builtIn the classifier's taxonomy; those at or below a declared category give way to it
  /// @param declared by people
  public Vocabulary(Collection<Category> builtIn, Collection<Category> declared) {
    builtIn.stream()
        .filter(category -> declared.stream().noneMatch(other -> covers(other, category)))
        .forEach(category -> categories.put(category.name(), category));
    names.addAll(builtIn.stream().map(Category::name).toList());
    for (Category category : declared) {
      categories.put(category.name(), category);
      names.add(category.name());
    }
  }

  /// What is personal, by category.
  public Map<String, Category> categories() {
    return Map.copyOf(categories);
  }

  /// Whether the tag is a known one, or one that known ones lie below, or lies below a known one
  /// that nobody divided further: whoever declares `loyalty` may tag with `loyalty.card`.
  boolean knows(String tag) {
    return names.contains(tag)
        || isDivided(tag)
        || nearest(tag).filter(n -> !isDivided(n)).isPresent();
  }

  private boolean isDivided(String name) {
    return names.stream().anyMatch(other -> other.startsWith(name + "."));
  }

  private Optional<String> nearest(String tag) {
    int dot = tag.lastIndexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String parent = tag.substring(0, dot);
    return names.contains(parent) ? Optional.of(parent) : nearest(parent);
  }

  /// What to say of an unknown tag.
  String refusal(String tag) {
    String root = tag.contains(".") ? tag.substring(0, tag.indexOf('.')) : tag;
    List<String> near = new ArrayList<>();
    for (String name : names) {
      if (name.equals(root) || name.startsWith(root + ".")) {
        near.add(name);
      }
    }
    return "there is no tag '"
        + tag
        + "'; "
        + (near.isEmpty()
            ? "known are " + String.join(", ", names)
            : "near it are " + String.join(", ", near))
        + "; a new one is declared under 'taxonomy'";
  }

  private static boolean covers(Category declared, Category builtIn) {
    return builtIn.name().equals(declared.name())
        || builtIn.name().startsWith(declared.name() + ".");
  }
}
