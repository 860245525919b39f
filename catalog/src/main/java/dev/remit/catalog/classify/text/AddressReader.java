package dev.remit.catalog.classify.text;

import static dev.remit.catalog.classify.text.Characters.at;
import static dev.remit.catalog.classify.text.Characters.isAsciiLetter;
import static dev.remit.catalog.classify.text.Characters.isAsciiWord;
import static dev.remit.catalog.classify.text.Characters.isDigit;
import static dev.remit.catalog.classify.text.Characters.isHex;
import static dev.remit.catalog.classify.text.Characters.isHostPart;
import static dev.remit.catalog.classify.text.Characters.isWord;

import java.util.Locale;
import java.util.Set;
import org.apache.commons.validator.routines.DomainValidator;
import org.apache.commons.validator.routines.InetAddressValidator;

/// Reads e-mail addresses, web addresses, bare domains and IPv6 addresses around their triggers.
///
/// Each method gets the position of its trigger and returns where to go on, which is greater.
final class AddressReader {
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST_HOST = 253;
  private static final int LONGEST_SCHEME = 16;
  private static final int LONGEST_IPV6 = 45;
  private static final String LOCAL_PART_SYMBOLS = "._%+-'&~!#$=";
  private static final String ENDS_URL = "<>\"|\\^`{}";
  private static final String NOT_LAST_IN_URL = ".,;:!?'*_";

  /// Top-level domains that, without `www.` or a scheme, are file names or code far more often.
  private static final Set<String> RATHER_FILES =
      Set.of("md", "py", "rs", "sh", "zip", "mov", "ps", "so", "cc", "java", "id", "ms", "name");

  private static final Set<String> PACKAGE_ROOTS = Set.of("com", "org", "net", "io", "dev", "java");

  /// Those that are written in capitals outside of code.
  private static final Set<String> SHOUTED = Set.of("COM", "ORG", "NET", "EDU", "GOV", "DE", "FR");

  private final String text;
  private final Findings findings;

  /// Characters before this one are settled; no reader looks behind it.
  private int settled;

  /// Hosts and IPv6 addresses before this one were looked at; their other dots and colons are
  /// passed over, which keeps the time linear.
  private int inspected;

  AddressReader(String text, Findings findings) {
    this.text = text;
    this.findings = findings;
  }

  /// `local@host`.
  int atSign(int position) {
    int start = position;
    int first = Math.max(settled, position - LONGEST_LOCAL_PART);
    while (start > first && isLocalPart(text.charAt(start - 1))) {
      start--;
    }
    while (start < position && !isWord(text.charAt(start))) {
      start++;
    }
    int end = hostEnd(position + 1);
    if (start == position || !isHost(position + 1, end)) {
      return position + 1;
    }
    findings.add(Span.Kind.EMAIL, start, end);
    settled = end;
    return end;
  }

  /// `scheme://…`, or an IPv6 address.
  int colon(int position) {
    if (at(text, position + 1) == '/' && at(text, position + 2) == '/') {
      return url(position);
    }
    char next = at(text, position + 1);
    boolean within = isHex(at(text, position - 1)) && isHex(next);
    boolean possible = position >= inspected && (within || next == ':');
    return possible ? ipv6(position) : position + 1;
  }

  /// `host.tld` without a scheme.
  int dot(int position) {
    boolean between = isAsciiLetter(at(text, position + 1)) && isAsciiWord(at(text, position - 1));
    if (!between || position < inspected) {
      return position + 1;
    }
    int start = position;
    int first = Math.max(settled, position - LONGEST_HOST);
    while (start > first && isHostPart(text.charAt(start - 1))) {
      start--;
    }
    int end = hostEnd(position);
    inspected = end;
    if (isLocalPartOfLaterAddress(end) || !isWholeDomain(start, end)) {
      return position + 1;
    }
    char after = at(text, end);
    int whole = after == '/' || after == '?' || after == ':' ? urlEnd(end) : end;
    findings.add(Span.Kind.URL, start, whole);
    settled = whole;
    return whole;
  }

  private int url(int position) {
    int start = position;
    int first = Math.max(settled, position - LONGEST_SCHEME);
    while (start > first && isAsciiLetter(text.charAt(start - 1))) {
      start--;
    }
    int end = urlEnd(position + 3);
    if (start == position || end == position + 3 || !isWord(text.charAt(position + 3))) {
      return position + 3;
    }
    findings.add(Span.Kind.URL, start, end);
    settled = end;
    return end;
  }

  /// Behind the address, without the punctuation of the sentence around it.
  private int urlEnd(int from) {
    int end = from;
    int unopened = 0;
    boolean bracket = false;
    while (end < text.length() && isUrlPart(text.charAt(end))) {
      char symbol = text.charAt(end);
      unopened += symbol == ')' ? 1 : symbol == '(' ? -1 : 0;
      bracket |= symbol == '[';
      end++;
    }
    while (end > from) {
      char last = text.charAt(end - 1);
      boolean closesSentence =
          (last == ')' && unopened > 0)
              || (last == ']' && !bracket)
              || NOT_LAST_IN_URL.indexOf(last) >= 0;
      if (!closesSentence) {
        return end;
      }
      unopened -= last == ')' ? 1 : 0;
      end--;
    }
    return end;
  }

  private static boolean isUrlPart(char symbol) {
    return symbol > ' '
        && ENDS_URL.indexOf(symbol) < 0
        && (symbol < 128 || Character.isLetterOrDigit(symbol));
  }

  private int ipv6(int position) {
    int start = position;
    int first = Math.max(settled, position - LONGEST_IPV6);
    while (start > first && isIpv6Part(text.charAt(start - 1))) {
      start--;
    }
    int end = position + 1;
    while (end < text.length() && end - start <= LONGEST_IPV6 && isIpv6Part(text.charAt(end))) {
      end++;
    }
    inspected = end;
    while (end > start && text.charAt(end - 1) == '.') {
      end--;
    }
    if (isWord(at(text, start - 1)) || isWord(at(text, end)) || !isIpv6(start, end)) {
      return position + 1;
    }
    findings.add(Span.Kind.IP, start, end);
    settled = end;
    return end;
  }

  /// At least four characters with a digit: `::` and `a::b` are code.
  private boolean isIpv6(int start, int end) {
    if (end - start < 4) {
      return false;
    }
    String candidate = text.substring(start, end);
    return candidate.chars().anyMatch(symbol -> isDigit((char) symbol))
        && InetAddressValidator.getInstance().isValidInet6Address(candidate);
  }

  private static boolean isIpv6Part(char symbol) {
    return isHex(symbol) || symbol == ':' || symbol == '.';
  }

  private static boolean isLocalPart(char symbol) {
    return isAsciiWord(symbol)
        || (symbol < 128
            ? LOCAL_PART_SYMBOLS.indexOf(symbol) >= 0
            : Character.isLetterOrDigit(symbol));
  }

  /// As in `first.last+tag@host`, where the dot is no domain's.
  private boolean isLocalPartOfLaterAddress(int from) {
    int end = from;
    int last = Math.min(text.length(), from + LONGEST_LOCAL_PART);
    while (end < last && isLocalPart(text.charAt(end))) {
      end++;
    }
    return at(text, end) == '@';
  }

  private int hostEnd(int from) {
    int end = from;
    int last = Math.min(text.length(), from + LONGEST_HOST);
    while (end < last && isHostPart(text.charAt(end))) {
      end++;
    }
    while (end > from && !isWord(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /// Labels without gaps and a last one of two letters or more.
  private boolean isHost(int start, int end) {
    int dot = text.lastIndexOf('.', end - 1);
    if (dot <= start || end - dot < 3 || text.charAt(start) == '-' || text.charAt(start) == '.') {
      return false;
    }
    for (int i = start; i < end - 1; i++) {
      if (text.charAt(i) == '.' && text.charAt(i + 1) == '.') {
        return false;
      }
    }
    return !isDigit(text.charAt(dot + 1));
  }

  private boolean isWholeDomain(int start, int end) {
    char before = at(text, start - 1);
    char after = at(text, end);
    boolean free = !isWord(before) && "@/\\$-.".indexOf(before) < 0 && after != '(' && after != '_';
    if (!free || !isHost(start, end)) {
      return false;
    }
    String host = text.substring(start, end);
    String topLevel = host.substring(host.lastIndexOf('.') + 1);
    if (host.regionMatches(true, 0, "www.", 0, 4)) {
      return DomainValidator.getInstance().isValidTld(topLevel);
    }
    boolean plainCase =
        topLevel.equals(topLevel.toLowerCase(Locale.ROOT)) || SHOUTED.contains(topLevel);
    return plainCase
        && !RATHER_FILES.contains(topLevel)
        && !isPackageName(host)
        && DomainValidator.getInstance().isValidTld(topLevel);
  }

  /// Reversed, as `org.example.tools`.
  private static boolean isPackageName(String host) {
    int first = host.indexOf('.');
    return PACKAGE_ROOTS.contains(host.substring(0, first)) && host.indexOf('.', first + 1) > 0;
  }
}
