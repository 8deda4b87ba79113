package dev.weir.guardrail.custom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sentences written for this test, none of whose topics the word lists were made for. */
class LanguageGuessTest {
  private static final List<String> SENTENCES = List.of(
      "en The weather has been unusually warm this week, so we decided to walk home.",
      "en Could you explain how photosynthesis works in simple terms?",
      "en I need help with my homework about the French revolution",
      "de Das Wetter war diese Woche ungewöhnlich warm, deshalb sind wir zu Fuß nach Hause gegangen.",
      "de Kannst du mir in einfachen Worten erklären, wie Photosynthese funktioniert?",
      "de Ich brauche Hilfe bei einer Hausaufgabe",
      "fr Il a fait très chaud cette semaine, alors nous avons décidé de rentrer à pied.",
      "fr Peux-tu m'expliquer simplement comment fonctionne la photosynthèse ?",
      "es Esta semana ha hecho mucho calor, así que decidimos volver a casa andando.",
      "es ¿Puedes explicarme cómo funciona la fotosíntesis con palabras sencillas?",
      "it Questa settimana ha fatto molto caldo, quindi abbiamo deciso di tornare a casa a piedi.",
      "it Mi puoi spiegare come funziona la fotosintesi con parole semplici?",
      "pt Esta semana fez muito calor, então decidimos voltar para casa a pé.",
      "pt Você pode explicar como funciona a fotossíntese em palavras simples?",
      "nl Het was deze week erg warm, dus we besloten naar huis te lopen.",
      "nl Kun je mij in eenvoudige woorden uitleggen hoe fotosynthese werkt?",
      "sv Det har varit ovanligt varmt den här veckan så vi bestämde oss för att gå hem.",
      "sv Kan du förklara med enkla ord hur fotosyntesen fungerar?",
      "fi Tällä viikolla on ollut niin lämmin että päätimme kävellä kotiin.",
      "fi Voitko selittää mitä fotosynteesi on ja miten se toimii?",
      "pl W tym tygodniu było bardzo ciepło, więc postanowiliśmy wrócić do domu pieszo.",
      "pl Czy możesz wyjaśnić prostymi słowami, jak działa fotosynteza?",
      "cs Tento týden bylo velmi teplo, a tak jsme se rozhodli jít domů pěšky.",
      "cs Můžeš mi jednoduše vysvětlit, jak funguje fotosyntéza?",
      "hu Ezen a héten nagyon meleg volt, ezért úgy döntöttünk, hogy gyalog megyünk haza.",
      "hu El tudod magyarázni egyszerűen, hogy mi az a fotoszintézis?",
      "ro Săptămâna aceasta a fost foarte cald, așa că am decis să mergem pe jos acasă.",
      "ro Poți să îmi explici cum funcționează fotosinteza?",
      "tr Bu hafta hava çok sıcaktı, bu yüzden eve yürüyerek gitmeye karar verdik.",
      "tr Fotosentez nasıl çalışır, basit bir şekilde açıklar mısın?",
      "vi Tuần này trời rất nóng nên chúng tôi quyết định đi bộ về nhà.",
      "vi Bạn có thể giải thích quang hợp là gì không?",
      "id Minggu ini cuaca sangat panas, jadi kami memutuskan untuk berjalan kaki pulang.",
      "id Bisakah anda menjelaskan bagaimana cara kerja fotosintesis?",
      "ru На этой неделе было очень тепло, и мы решили пойти домой пешком.",
      "ru Объясни, пожалуйста, простыми словами, как работает фотосинтез.",
      "uk Цього тижня було дуже тепло, і ми вирішили піти додому пішки.",
      "uk Поясни, будь ласка, простими словами, як працює фотосинтез.",
      "bg Тази седмица беше много топло и решихме да се приберем пеша.",
      "el Αυτή την εβδομάδα έκανε πολλή ζέστη και αποφασίσαμε να πάμε σπίτι με τα πόδια.",
      "he השבוע היה חם מאוד ולכן החלטנו ללכת הביתה ברגל",
      "ar كان الجو حارا جدا هذا الأسبوع لذلك قررنا العودة إلى المنزل سيرا",
      "fa این هفته هوا خیلی گرم بود پس تصمیم گرفتیم پیاده به خانه برگردیم",
      "hi इस हफ्ते बहुत गर्मी थी इसलिए हमने पैदल घर जाने का फैसला किया",
      "th สัปดาห์นี้อากาศร้อนมาก เราจึงตัดสินใจเดินกลับบ้าน",
      "zh 这周天气特别热，所以我们决定走路回家。",
      "ja 今週はとても暑かったので、歩いて帰ることにしました。",
      "ko 이번 주는 너무 더워서 걸어서 집에 가기로 했습니다.");

  @Test
  void nineteen_of_twenty_sentences_are_told_right_and_nearly_all_are_told() {
    var wrong = new ArrayList<String>();
    for (var sentence : SENTENCES) {
      var guess = LanguageGuess.of(sentence.substring(3));
      if (!guess.code().equals(sentence.substring(0, 2))) {
        wrong.add(sentence + " -> " + guess);
      }
    }
    assertThat(wrong).hasSizeLessThanOrEqualTo(SENTENCES.size() / 20);
  }

  @Test
  void code_numbers_and_single_words_are_not_told() {
    for (var text :
        List.of("", "ok", "1234 5678", "x = y + z;", "GET /v1/models HTTP/1.1", "🙂🙂🙂")) {
      assertThat(LanguageGuess.of(text).confidence()).as(text).isLessThan(0.5);
    }
  }
}
