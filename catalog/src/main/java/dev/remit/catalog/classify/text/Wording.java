package dev.remit.catalog.classify.text;

import static dev.remit.catalog.classify.text.Characters.at;

import java.util.Locale;
import java.util.Set;

/// Words beside a number that say what it is, in English, German, French, Spanish and Italian.
final class Wording {
  /// Before a phone number.
  static final Set<String> PHONE =
      Set.of(
          "phone",
          "phones",
          "tel",
          "telephone",
          "mobile",
          "cell",
          "cellphone",
          "landline",
          "fax",
          "desk",
          "hotline",
          "voicemail",
          "call",
          "calls",
          "called",
          "calling",
          "callback",
          "dial",
          "ring",
          "rang",
          "reach",
          "reached",
          "answering",
          "answers",
          "sms",
          "texted",
          "texting",
          "message",
          "messages",
          "whatsapp",
          "viber",
          "telefon",
          "fon",
          "telefonnummer",
          "handy",
          "handynummer",
          "mobil",
          "mobilnummer",
          "festnetz",
          "rufnummer",
          "anrufen",
          "angerufen",
          "ruf",
          "rufen",
          "rückruf",
          "durchwahl",
          "téléphone",
          "téléphoner",
          "portable",
          "appeler",
          "appelez",
          "appelle",
          "rappeler",
          "rappelez",
          "joindre",
          "gsm",
          "teléfono",
          "telefono",
          "móvil",
          "movil",
          "celular",
          "llamar",
          "llame",
          "llámame",
          "llamada",
          "cellulare",
          "chiamare",
          "chiamami");

  /// Behind a phone number, as in `467 3395 (home)`.
  static final Set<String> PHONE_LABEL =
      Set.of(
          "office",
          "fax",
          "mobile",
          "home",
          "work",
          "cell",
          "phone",
          "tel",
          "desk",
          "direct",
          "landline",
          "privat",
          "mobil",
          "büro",
          "bureau",
          "domicile",
          "portable",
          "oficina",
          "móvil",
          "casa",
          "ufficio",
          "cellulare");

  /// Before a card number of an issuer we do not know.
  static final Set<String> CARD =
      Set.of(
          "card",
          "cards",
          "cc",
          "visa",
          "mastercard",
          "maestro",
          "amex",
          "jcb",
          "kreditkarte",
          "karte",
          "kartennummer",
          "carte",
          "tarjeta",
          "carta");

  static final Set<String> SOCIAL_SECURITY = Set.of("ssn", "social", "ssns");

  private static final int LABEL_GAP_CHARACTERS = 4;

  private Wording() {}

  /// Whether one of the words stands in the `window` characters before `position`.
  static boolean before(String text, int position, int window, Set<String> words) {
    int first = Math.max(0, position - window);
    int end = position;
    while (end > first) {
      while (end > first && !Character.isLetter(text.charAt(end - 1))) {
        end--;
      }
      int start = end;
      while (start > 0 && end - start < 32 && Character.isLetter(text.charAt(start - 1))) {
        start--;
      }
      if (start < end && words.contains(text.substring(start, end).toLowerCase(Locale.ROOT))) {
        return true;
      }
      end = start;
    }
    return false;
  }

  /// Whether the next word, a few signs away at most, is one of these.
  static boolean after(String text, int position, Set<String> words) {
    int start = position;
    while (start < position + LABEL_GAP_CHARACTERS && " -,(:".indexOf(at(text, start)) >= 0) {
      start++;
    }
    int end = start;
    while (Character.isLetter(at(text, end)) && end - start < 32) {
      end++;
    }
    return words.contains(text.substring(start, Math.max(start, end)).toLowerCase(Locale.ROOT));
  }
}
