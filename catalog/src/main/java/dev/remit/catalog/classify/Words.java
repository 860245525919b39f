package dev.remit.catalog.classify;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The words of a name or comment, comparable across spellings and languages.
final class Words {
  private static final Pattern CAMEL =
      Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");
  private static final Pattern NOT_LETTERS = Pattern.compile("[^\\p{L}]+");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private Words() {}

  /// Split at everything that is no letter and where a capital begins a word; lower case, without
  /// accents. `e-MailAdresse2` gives e, mail, adresse.
  static List<String> of(String name) {
    List<String> words = new ArrayList<>();
    for (String part : NOT_LETTERS.split(CAMEL.matcher(name).replaceAll(" "))) {
      if (!part.isEmpty()) {
        words.add(folded(part));
      }
    }
    return words;
  }

  /// Lower case, accents gone, ß as ss.
  static String folded(String word) {
    String lower = word.toLowerCase(Locale.ROOT).replace("ß", "ss");
    return MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFD)).replaceAll("");
  }
}
