package org.selfservice.web.program.staff;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.ProgramCommand.RequireDocuments;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.page.Typed;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The documents that one will need. */
@Controller
@RequestMapping(Desk.ADDRESS + "/{code}/documents")
class DocumentsPage {
    private static final String LIST = "document";

    private final Desk desk;

    DocumentsPage(Desk desk) {
        this.desk = desk;
    }

    @GetMapping
    String show(@PathVariable String code, Model model) {
        ProgramDetails program = desk.find(code);
        Typed typed = Desk.filledFrom(program);
        for (int row = 0; row < program.documents().size(); row++) {
            DocumentRequirement document = program.documents().get(row);
            String at = LIST + "." + row + ".";
            typed.put(at + "field", document.field());
            typed.put(at + "name", document.name());
            typed.put(at + "owed", document.mayBeOwed() ? "yes" : "");
        }
        return page(program, typed, model);
    }

    @PostMapping
    String set(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        return desk.set(
                code,
                posted,
                (program, typed) -> typed.changesRows(LIST, "field")
                        ? null
                        : new RequireDocuments(program.code(), read(program, typed)),
                field -> Typed.FORM,
                (program, typed) -> page(program, typed, model),
                next);
    }

    private List<DocumentRequirement> read(ProgramDetails program, Typed typed) {
        List<DocumentRequirement> documents = new ArrayList<>();
        Set<String> fields = new HashSet<>();
        FormDefinition form = desk.form(program);
        for (int row : typed.filledRows(LIST)) {
            String at = LIST + "." + row + ".";
            String field = typed.word(at + "field");
            if (field.isEmpty()) {
                typed.wrong(at + "field", desk.text("programs.wrong.document"));
            } else if (!fields.add(field)) {
                typed.wrong(at + "field", desk.text("programs.wrong.document.twice"));
            } else if (form != null && form.field(field).stream().noneMatch(one -> one.type() == FieldType.FILE)) {
                typed.wrong(at + "field", desk.text("programs.wrong.document.question", field));
            }
            if (typed.word(at + "name.en").isEmpty()) {
                typed.wrong(at + "name.en", desk.text("programs.wrong.english"));
            }
            LocalizedText before = program.documents().stream()
                    .filter(document -> document.field().equals(field))
                    .map(DocumentRequirement::name)
                    .findFirst()
                    .orElse(LocalizedText.EMPTY);
            documents.add(
                    new DocumentRequirement(field, typed.text(at + "name", before), typed.is(at + "owed", "yes")));
        }
        return documents;
    }

    private String page(ProgramDetails program, Typed typed, Model model) {
        if (typed.rows(LIST).isEmpty()) {
            typed.add(LIST, "field");
        }
        FormDefinition form = desk.form(program);
        List<Field> files = form == null
                ? List.of()
                : form.fields().filter(field -> field.type() == FieldType.FILE).toList();
        model.addAttribute("files", files);
        return desk.page("documents", program, typed, model);
    }
}
