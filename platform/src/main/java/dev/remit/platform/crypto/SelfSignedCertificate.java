package dev.remit.platform.crypto;

import dev.remit.platform.disk.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A TLS certificate for development: P-256, for `localhost` and both loopback addresses, one year.
///
/// Nobody vouches for it; outside development the readiness check refuses it.
public record SelfSignedCertificate(Path certificate, Path privateKey) {
  private static final Duration VALID = Duration.ofDays(365);
  private static final Duration RENEW_BEFORE_END = Duration.ofDays(30);

  /// The pair `tls.crt`, `tls.key` (PEM, mode 0600) of the folder, made when it is not there or
  /// ends within 30 days.
  public static SelfSignedCertificate inFolder(Path folder, Clock clock, SecureRandom random) {
    SelfSignedCertificate pair =
        new SelfSignedCertificate(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    if (!pair.isCurrent(clock.instant())) {
      pair.make(clock.instant(), random);
    }
    return pair;
  }

  private boolean isCurrent(Instant now) {
    if (!Files.exists(certificate) || !Files.exists(privateKey)) {
      return false;
    }
    try (InputStream pem = Files.newInputStream(certificate)) {
      X509Certificate made =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
      return made.getNotAfter().toInstant().minus(RENEW_BEFORE_END).isAfter(now);
    } catch (IOException failure) {
      throw new UncheckedIOException("could not read " + certificate, failure);
    } catch (CertificateException damaged) {
      return false;
    }
  }

  private void make(Instant now, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      X500Name name = new X500Name("CN=localhost, O=Remit development");
      X509CertificateHolder made =
          new JcaX509v3CertificateBuilder(
                  name,
                  new BigInteger(128, random),
                  Date.from(now.minus(Duration.ofHours(1))),
                  Date.from(now.plus(VALID)),
                  name,
                  pair.getPublic())
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(
                  Extension.subjectAlternativeName,
                  false,
                  new GeneralNames(
                      new GeneralName[] {
                        new GeneralName(GeneralName.dNSName, "localhost"),
                        new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                        new GeneralName(GeneralName.iPAddress, "::1")
                      }))
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
      PrivateFiles.write(privateKey, pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
      PrivateFiles.write(certificate, pem(made));
    } catch (GeneralSecurityException | OperatorCreationException | IOException failure) {
      throw new IllegalStateException("could not make a certificate", failure);
    }
  }

  private static String pem(Object value) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(value);
    }
    return text.toString();
  }
}
