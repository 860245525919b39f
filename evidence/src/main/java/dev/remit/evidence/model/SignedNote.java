package dev.remit.evidence.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/// A text with signature lines (C2SP signed-note).
///
/// Form: the text, ending in a newline; an empty line; lines `— name base64(key id || signature)`.
/// Lines of unknown keys are kept and ignored, so that a second algorithm or a witness adds a line
/// and changes nothing else.
///
/// @param text what is signed, ends in a newline
/// @param signatures at least one line, in order
public record SignedNote(String text, List<Signature> signatures) {
  private static final String DASH = "\u2014 ";
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_SIGNATURES = 100;

  /// One signature line.
  ///
  /// @param name name of the key
  /// @param keyId four bytes, big-endian
  /// @param base64 the signature's bytes after the key id
  public record Signature(String name, int keyId, String base64) {
    public Signature {
      checkName(name);
      if (Base64.getDecoder().decode(base64).length == 0) {
        throw new IllegalArgumentException("a signature is not empty");
      }
    }

    /// The signature's bytes, without the key id.
    public byte[] bytes() {
      return Base64.getDecoder().decode(base64);
    }

    private String line() {
      byte[] signature = bytes();
      byte[] blob = ByteBuffer.allocate(4 + signature.length).putInt(keyId).put(signature).array();
      return DASH + name + " " + Base64.getEncoder().encodeToString(blob) + "\n";
    }

    private static Signature parse(String line) {
      String[] parts = line.split(" ", -1);
      if (parts.length != 3 || !line.startsWith(DASH)) {
        throw new IllegalArgumentException("a signature line reads `— name base64`");
      }
      byte[] blob = Base64.getDecoder().decode(parts[2]);
      if (blob.length <= 4) {
        throw new IllegalArgumentException("a signature line holds a key id and a signature");
      }
      ByteBuffer buffer = ByteBuffer.wrap(blob);
      int keyId = buffer.getInt();
      byte[] signature = new byte[buffer.remaining()];
      buffer.get(signature);
      return new Signature(parts[1], keyId, Base64.getEncoder().encodeToString(signature));
    }
  }

  public SignedNote {
    if (!text.endsWith("\n") || text.chars().anyMatch(c -> (c < ' ' && c != '\n') || c == 0x7f)) {
      throw new IllegalArgumentException(
          "a note's text ends in a newline and holds no other control character");
    }
    signatures = List.copyOf(signatures);
    if (signatures.isEmpty() || signatures.size() > MOST_SIGNATURES) {
      throw new IllegalArgumentException("a signed note has 1 to 100 signature lines");
    }
  }

  /// Reads the form above; anything else is an `IllegalArgumentException`.
  public static SignedNote parse(String note) {
    int split = note.lastIndexOf("\n\n");
    boolean signed = split >= 0 && split + 2 < note.length();
    if (!signed || note.length() > MOST_BYTES || !note.endsWith("\n")) {
      throw new IllegalArgumentException("a signed note is a text, an empty line and signatures");
    }
    List<Signature> signatures = new ArrayList<>();
    note.substring(split + 2, note.length() - 1)
        .lines()
        .forEach(line -> signatures.add(Signature.parse(line)));
    SignedNote read = new SignedNote(note.substring(0, split + 1), signatures);
    if (!read.encoded().equals(note)) {
      throw new IllegalArgumentException("a signature line is not canonical base64");
    }
    return read;
  }

  /// The note as it is stored and sent.
  public String encoded() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()));
    return note.toString();
  }

  /// The keys among `trusted` that signed this note. Lines of other keys are ignored; a bad
  /// signature under a trusted key refuses the whole note with an `IllegalArgumentException`.
  public List<VerifierKey> signers(Collection<VerifierKey> trusted) {
    List<VerifierKey> signers = new ArrayList<>();
    for (Signature signature : signatures) {
      for (VerifierKey key : trusted) {
        if (!key.name().equals(signature.name()) || key.keyId() != signature.keyId()) {
          continue;
        }
        if (!key.verifies(text, signature.bytes())) {
          throw new IllegalArgumentException("the signature of " + key.name() + " is not genuine");
        }
        if (!signers.contains(key)) {
          signers.add(key);
        }
      }
    }
    return signers;
  }

  static void checkName(String name) {
    if (name.isEmpty() || name.contains("+") || name.codePoints().anyMatch(SignedNote::breaks)) {
      throw new IllegalArgumentException("a key name has no space, no control character and no +");
    }
  }

  private static boolean breaks(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || Character.isISOControl(character);
  }
}
