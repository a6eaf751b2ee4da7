package org.selfservice.web.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.springframework.context.support.StaticMessageSource;

class AnswerTextTest {
    private final AnswerText words = new AnswerText(new StaticMessageSource());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | KES | 120 | KES_120.00",
                "en | KES | 1200.5 | KES_1,200.50",
                "en | JPY | 1200 | ¥1,200",
                "en | KWD | 1.5 | KWD_1.500",
                "en | KES | 1.234 | KES_1.234",
                "en | KES | a lot | KES_a lot",
                "en | XXX | 120 | 120",
                "fr | EUR | 1200.5 | 1\u202F200,50_€"
            })
    void an_amount_is_written_as_everywhere_else(String language, String currency, String typed, String written) {
        Field amount = Field.of("amount", FieldType.MONEY, LocalizedText.en("Amount"));
        assertThat(words.lines(amount, Answer.text(typed), Locale.of(language), currency))
                .isEqualTo(List.of(written.replace('_', '\u00a0')));
    }
}
