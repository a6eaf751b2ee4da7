package org.selfservice.kernel.form;

/** The kinds of question. Comments name the {@link Answer} that each takes. */
public enum FieldType {
    /** {@link Answer.Text}. */
    TEXT,
    /** {@link Answer.Text}, several lines. */
    LONG_TEXT,
    /** {@link Answer.Text}; once normalized a plain decimal such as {@code 1200.5}. */
    NUMBER,
    /** {@link Answer.Text}; a plain decimal in the program's currency. */
    MONEY,
    /** {@link Answer.Parts} day, month, year as typed; once normalized {@link Answer.Text} as ISO 8601. */
    DATE,
    /** {@link Answer.Text} {@code yes} or {@code no}. */
    YES_NO,
    /** {@link Answer.Text}, an option's value. */
    RADIOS,
    /** {@link Answer.Choices}, options' values. */
    CHECKBOXES,
    /** {@link Answer.Text}, an option's value. */
    SELECT,
    /** {@link Answer.Text}; once normalized E.164. */
    PHONE,
    /** {@link Answer.Text}. */
    EMAIL,
    /** {@link Answer.Parts}: line1, line2, town, region, postcode. */
    ADDRESS,
    /** No answer; documents are kept beside the answers, by field. */
    FILE,
    /** {@link Answer.Rows}: a repeated group, such as the members of a household. */
    GROUP;

    /** Whether the answer alone says who somebody is, so that analysts may never see it. */
    public boolean identifies() {
        return this == PHONE || this == EMAIL || this == ADDRESS;
    }
}
