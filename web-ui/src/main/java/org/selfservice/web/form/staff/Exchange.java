package org.selfservice.web.form.staff;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.form.FormCommand.ReviseFormDraft;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.web.Portal;
import org.selfservice.web.Shape;
import org.selfservice.web.form.Questionnaire;
import org.selfservice.web.page.Typed;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A form's questions as a file, from a file, and as the beginning of another form. */
@Controller
@RequestMapping(Desk.ADDRESS + "/{code}")
class Exchange {
    private static final int MOST_BYTES = 1_000_000;

    private final Desk desk;
    private final Portal portal;
    private final JsonMapper json;

    Exchange(Desk desk, Portal portal, JsonMapper json) {
        this.desk = desk;
        this.portal = portal;
        this.json = json;
    }

    @GetMapping("/export")
    ResponseEntity<byte[]> export(@PathVariable String code) {
        FormFile form = desk.find(code);
        return file(Desk.draft(form), form.form() + "-draft.json");
    }

    @GetMapping("/versions/{version}/export")
    ResponseEntity<byte[]> export(@PathVariable String code, @PathVariable int version) {
        FormFile form = desk.find(code);
        return file(desk.definition(form, version), form.form() + "-" + version + ".json");
    }

    private ResponseEntity<byte[]> file(FormDefinition definition, String name) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put(
                "$schema",
                ServletUriComponentsBuilder.fromCurrentContextPath()
                        .path(FormSchema.ADDRESS)
                        .toUriString());
        Questionnaire questions = Questionnaire.of(definition);
        if (questions.region() != null) {
            file.put("region", questions.region());
        }
        file.put("pages", questions.pages());
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(json.writer()
                        .with(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(file)
                        .getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/import")
    String ask(@PathVariable String code, Model model) {
        FormFile form = desk.find(code);
        return desk.page("import", form, Desk.filledFrom(form), model);
    }

    /** What the file holds takes the place of the draft; a file that cannot be read is shown, to be mended there. */
    @PostMapping("/import")
    String read(@PathVariable String code, HttpServletRequest request, Model model, RedirectAttributes next)
            throws IOException {
        FormFile form = desk.find(code);
        Typed typed = typed(request);
        if (!typed.has("lang")) {
            FormDefinition read = read(typed);
            String done = read == null
                    ? null
                    : desk.save(form, read, typed, desk.text("forms.done.imported"), Desk.address(form), next);
            if (done != null) {
                return done;
            }
        }
        return desk.page("import", form, typed, model);
    }

    private @Nullable FormDefinition read(Typed typed) {
        String text = typed.value("json");
        if (text.isBlank()) {
            typed.wrong("file", typed.wrong("json") == null ? desk.text("forms.wrong.file") : typed.wrong("json"));
            return null;
        }
        try {
            Questionnaire questions = Objects.requireNonNull(json.readValue(text, Questionnaire.class));
            Shape.check("", questions);
            return questions.definition();
        } catch (Refused wrong) {
            typed.wrong(
                    "json", desk.text("forms.wrong.json.field", wrong.details().getOrDefault("field", "")));
        } catch (DatabindException wrong) {
            TokenStreamLocation at = wrong.getLocation();
            typed.wrong("json", desk.text("forms.wrong.json.at", line(at), path(wrong)));
        } catch (JacksonException wrong) {
            typed.wrong("json", desk.text("forms.wrong.json", line(wrong.getLocation())));
        }
        return null;
    }

    private static String line(@Nullable TokenStreamLocation at) {
        return at == null || at.getLineNr() < 1 ? "?" : String.valueOf(at.getLineNr());
    }

    /** Where in the file: {@code pages[0].fields[2].type}. */
    private static String path(JacksonException wrong) {
        StringBuilder path = new StringBuilder();
        wrong.getPath().forEach(step -> {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        });
        return path.toString();
    }

    @GetMapping("/copy")
    String askToCopy(@PathVariable String code, Model model) {
        FormFile form = desk.find(code);
        Typed typed = Desk.filledFrom(form);
        typed.put("title", form.title());
        return desk.page("copy", form, typed, model);
    }

    @PostMapping("/copy")
    String copy(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        return desk.edit(
                code,
                posted,
                (form, typed) -> copy(form, typed, next),
                (form, typed) -> desk.page("copy", form, typed, model));
    }

    private @Nullable String copy(FormFile form, Typed typed, RedirectAttributes next) {
        desk.needEnglish("title", typed);
        FormCode copy = desk.code(typed);
        String done = copy == null || !typed.isRight()
                ? null
                : desk.send(
                        new CreateForm(copy, typed.text("title")),
                        typed,
                        desk.text("forms.done.copied"),
                        Desk.ADDRESS + "/" + copy,
                        next);
        if (copy != null && done != null) {
            FormFile created = desk.find(copy.value());
            desk.await(copy, portal.send(new ReviseFormDraft(copy, Desk.draft(form), Math.max(0, created.sequence()))));
        }
        return done;
    }

    private Typed typed(HttpServletRequest request) throws IOException {
        MultiValueMap<String, String> posted = new LinkedMultiValueMap<>();
        if (!JakartaServletFileUpload.isMultipartContent(request)) {
            request.getParameterMap().forEach((name, values) -> posted.put(name, List.of(values)));
            return Typed.of(posted);
        }
        String wrong = null;
        try {
            FileItemInputIterator parts = new JakartaServletFileUpload<>().getItemIterator(request);
            while (parts.hasNext()) {
                FileItemInput part = parts.next();
                byte[] bytes = part.getInputStream().readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    wrong = "forms.wrong.size";
                } else if (part.isFormField()) {
                    posted.addIfAbsent(part.getFieldName(), decoded(bytes));
                } else if (bytes.length > 0) {
                    posted.set("json", decoded(bytes));
                }
            }
        } catch (FileUploadException broken) {
            wrong = "forms.wrong.file";
        } catch (CharacterCodingException otherCharset) {
            wrong = "forms.wrong.charset";
        }
        Typed typed = Typed.of(posted);
        if (wrong != null) {
            typed.wrong("json", desk.text(wrong));
        }
        return typed;
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
