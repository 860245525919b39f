package dev.remit.policy.principals;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The written form of a token: `remit_<id>_<secret>`, so that scanners for leaked secrets can
/// recognise it and its id can be read without a search.
final class TokenText {
  private static final int ID_BYTES = 8;
  private static final int SECRET_BYTES = 32;
  private static final Pattern FORM = Pattern.compile("remit_([0-9a-f]{16})_[A-Za-z0-9_-]{43}");

  private TokenText() {}

  static String newId(SecureRandom random) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// 256 random bits behind the id.
  static String newSecret(String id, SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return "remit_" + id + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static Optional<String> id(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
