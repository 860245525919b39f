package dev.remit.catalog.classify.text;

import java.util.List;

/// Finds e-mail and web addresses, IBANs, cards, US social security numbers, IP addresses and phone
/// numbers in running text. Stateless and safe for use by many threads.
///
/// Each kind has a character it cannot do without: `@`, `://`, a dot between letters, a digit. The
/// scanner walks the text once, stops at those only, and lets the reader of that kind look around
/// from there. Readers never look behind what an earlier one has settled and report where to go on,
/// so the time is linear and there is no pattern whose backtracking a text could provoke. What has
/// check digits must pass them; what has none (phone numbers) needs an unmistakable form or a word
/// beside it that says so.
///
/// Forms: RFC 5321 and 3986 (addresses, simplified), ISO 13616 (IBAN), ISO/IEC 7812-1 (cards),
/// SSA's allocation rules (SSN), ITU-T E.123 and national writing habits (phones).
public final class TextScanner {
  private static final boolean[] TRIGGER = triggers();

  /// All spans in order of their start, none overlapping another.
  public List<Span> scan(String text) {
    Findings findings = new Findings();
    AddressReader addresses = new AddressReader(text, findings);
    NumberReader numbers = new NumberReader(text, findings);
    int length = text.length();
    int position = 0;
    while (position < length) {
      char symbol = text.charAt(position);
      if (symbol >= 128 || !TRIGGER[symbol]) {
        position++;
        continue;
      }
      position =
          switch (symbol) {
            case '@' -> addresses.atSign(position);
            case ':' -> addresses.colon(position);
            case '.' -> addresses.dot(position);
            default -> numbers.number(position);
          };
    }
    return findings.inOrder();
  }

  private static boolean[] triggers() {
    boolean[] triggers = new boolean[128];
    for (char symbol : "@:.+(0123456789".toCharArray()) {
      triggers[symbol] = true;
    }
    return triggers;
  }
}
