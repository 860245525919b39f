package dev.remit.proxy.login;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.model.ScramVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The server's side of one SCRAM-SHA-256 exchange (RFC 5802, RFC 7677), without channel binding.
///
/// ```
/// client                                   server
///   n,,n=,r=<nonce>                  ──▶
///                                    ◀──   r=<nonce><ours>,s=<salt>,i=<iterations>
///   c=biws,r=<both>,p=<proof>        ──▶
///                                    ◀──   v=<signature>, or 28P01
/// ```
///
/// For an unknown user the salt is derived from the name, so that it is the same each time, and the
/// keys are random: the exchange runs to its end and fails there.
public final class ScramExchange {
  /// The one mechanism offered.
  public static final String MECHANISM = "SCRAM-SHA-256";

  private static final int MOCK_ITERATIONS = 4096;
  private static final Pattern CLIENT_FIRST =
      Pattern.compile(
          "(?<header>(?<binding>[nyp])[^,]*,(?:a=[^,]*)?,)(?<bare>n=[^,]*,r=(?<nonce>[!-+\\--~]+)(?:,.*)?)");
  private static final Pattern CLIENT_FINAL =
      Pattern.compile(
          "(?<without>c=(?<binding>[^,]*),r=(?<nonce>[^,]*)(?:,[^p].*)?),p=(?<proof>[^,]+)");

  private final ScramVerifier verifier;
  private final boolean known;
  private final String serverNonce;
  private String header = "";
  private String nonce = "";
  private String authMessage = "";

  /// @param verifier empty for an unknown user
  /// @param mockSalt 16 bytes that depend on the user's name and a secret of this process
  /// @param serverNonce printable, unpredictable, without comma
  public ScramExchange(Optional<ScramVerifier> verifier, byte[] mockSalt, String serverNonce) {
    this.known = verifier.isPresent();
    this.verifier =
        verifier.orElseGet(
            () -> new ScramVerifier(mockSalt, MOCK_ITERATIONS, new byte[32], new byte[32]));
    this.serverNonce = serverNonce;
  }

  /// Takes the client's first message, answers the server's.
  public String first(String clientFirst) {
    Matcher parts = CLIENT_FIRST.matcher(clientFirst);
    if (!parts.matches() || clientFirst.startsWith("p")) {
      throw malformed();
    }
    header = parts.group("header");
    nonce = parts.group("nonce") + serverNonce;
    String serverFirst =
        "r="
            + nonce
            + ",s="
            + Base64.getEncoder().encodeToString(verifier.salt())
            + ",i="
            + verifier.iterations();
    authMessage = parts.group("bare") + "," + serverFirst;
    return serverFirst;
  }

  /// Checks the client's proof; answers the server's signature, empty when the password or the user
  /// is wrong.
  public Optional<String> last(String clientFinal) {
    Matcher parts = CLIENT_FINAL.matcher(clientFinal);
    if (!parts.matches() || !parts.group("nonce").equals(nonce)) {
      throw malformed();
    }
    String binding = Base64.getEncoder().encodeToString(header.getBytes(StandardCharsets.UTF_8));
    if (!parts.group("binding").equals(binding)) {
      throw malformed();
    }
    byte[] message = (authMessage + "," + parts.group("without")).getBytes(StandardCharsets.UTF_8);
    byte[] proof = decoded(parts.group("proof"));
    byte[] clientKey = hmac(verifier.storedKey(), message);
    for (int i = 0; i < clientKey.length && i < proof.length; i++) {
      clientKey[i] ^= proof[i];
    }
    boolean right =
        MessageDigest.isEqual(sha256(clientKey), verifier.storedKey())
            && proof.length == clientKey.length;
    String signature =
        "v=" + Base64.getEncoder().encodeToString(hmac(verifier.serverKey(), message));
    return right && known ? Optional.of(signature) : Optional.empty();
  }

  /// 32 bytes that only this process can compute, the same for each try of one user.
  public static byte[] mockSalt(byte[] secret, String user) {
    return hmac(secret, user.getBytes(StandardCharsets.UTF_8));
  }

  /// HMAC-SHA-256.
  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", impossible);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      throw malformed();
    }
  }

  private static RemitException malformed() {
    return new RemitException(
        ErrorCode.PROTOCOL_VIOLATION, "the SCRAM message is malformed or asks for channel binding");
  }
}
