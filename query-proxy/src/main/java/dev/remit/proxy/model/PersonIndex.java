package dev.remit.proxy.model;

import dev.remit.catalog.model.SourceName;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Names a person in access records without saying who: HMAC-SHA-256 over source, table and subject
/// key, so that "who looked at this person" can be asked by whoever holds the key. The table is the
/// one that rows about her refer to, see [dev.remit.catalog.model.Source#person].
public final class PersonIndex {
  /// In place of digests, when a statement names more persons than a record does.
  public static final String MANY = "many";

  private static final int INDEX_BYTES = 16;

  private final SecretKeySpec key;

  /// @param key 32 bytes derived from the tenant's key ring
  public PersonIndex(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /// 32 hex digits; equal keys of equal persons give equal ones, whichever way they are written.
  ///
  /// @param types OIDs of the key's columns
  /// @return empty when a text is no value of its type
  public Optional<String> of(
      SourceName source, String table, List<Long> types, List<String> subjectKey) {
    List<String> texts = new ArrayList<>(subjectKey.size());
    for (int i = 0; i < subjectKey.size(); i++) {
      Optional<String> text = KeyText.of(types.get(i), subjectKey.get(i));
      if (text.isEmpty()) {
        return Optional.empty();
      }
      texts.add(text.get());
    }
    return Optional.of(digest(source.value(), table, texts));
  }

  /// 32 hex digits for a text that was not read, so that nobody without the key can try which
  /// literals it had. Never equal to a person's: no source is without a name.
  public String ofUnreadText(String text) {
    return digest("", "", List.of(text));
  }

  private String digest(String source, String table, List<String> subjectKey) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      update(mac, source);
      update(mac, table);
      subjectKey.forEach(value -> update(mac, value));
      return HexFormat.of().formatHex(mac.doFinal(), 0, INDEX_BYTES);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", impossible);
    }
  }

  /// Each part is preceded by its length, so that no two lists read alike.
  private static void update(Mac mac, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    mac.update(
        new byte[] {
          (byte) (bytes.length >>> 16), (byte) (bytes.length >>> 8), (byte) bytes.length
        });
    mac.update(bytes);
  }
}
