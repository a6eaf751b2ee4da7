package org.selfservice.kernel.program;

import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.DYN;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.types.MapType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/**
 * The Common Expression Language as rules use it. CEL has neither loops without end nor recursion; the limits here bound what
 * is left. Whoever writes a rule need not know that there are two kinds of numbers.
 */
final class RuleLanguage {
    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(4_000)
            .comprehensionMaxIterations(10_000)
            .build();

    private static final Map<String, DoubleBinaryOperator> ARITHMETIC = Map.of(
            "add", Double::sum,
            "subtract", (one, other) -> one - other,
            "multiply", (one, other) -> one * other,
            "divide", (one, other) -> one / other);

    private static final Map<String, String> SYMBOLS =
            Map.of("add", "_+_", "subtract", "_-_", "multiply", "_*_", "divide", "_/_");

    /** No name that a rule could write. */
    private static final String AGE_ON = "age@on";

    static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addMacros(CelMacro.newGlobalMacro(
                    "age",
                    1,
                    (factory, target, arguments) -> Optional.of(
                            factory.newGlobalCall(AGE_ON, arguments.getFirst(), factory.newIdentifier("today")))))
            .addVar("answers", MapType.create(STRING, DYN))
            .addVar("person", MapType.create(STRING, DYN))
            .addVar("today", STRING)
            .addFunctionDeclarations(declarations())
            .build();

    static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addFunctionBindings(bindings())
            .build();

    private RuleLanguage() {}

    private static List<CelFunctionDecl> declarations() {
        List<CelFunctionDecl> declarations = new ArrayList<>();
        declarations.add(CelFunctionDecl.newFunctionDeclaration(
                AGE_ON, newGlobalOverload("age_on_string_string", INT, STRING, STRING)));
        SYMBOLS.forEach((name, symbol) -> declarations.add(CelFunctionDecl.newFunctionDeclaration(
                symbol,
                newGlobalOverload(name + "_double_int64", DOUBLE, DOUBLE, INT),
                newGlobalOverload(name + "_int64_double", DOUBLE, INT, DOUBLE))));
        return declarations;
    }

    private static List<CelFunctionBinding> bindings() {
        List<CelFunctionBinding> bindings = new ArrayList<>();
        bindings.add(CelFunctionBinding.from("age_on_string_string", String.class, String.class, RuleLanguage::age));
        ARITHMETIC.forEach((name, operation) -> {
            bindings.add(CelFunctionBinding.from(
                    name + "_double_int64",
                    Double.class,
                    Long.class,
                    (one, other) -> operation.applyAsDouble(one, other)));
            bindings.add(CelFunctionBinding.from(
                    name + "_int64_double",
                    Long.class,
                    Double.class,
                    (one, other) -> operation.applyAsDouble(one, other)));
        });
        return bindings;
    }

    /** Full years; whoever was born on 29 February is a year older on 1 March of other years. */
    private static long age(String born, String today) {
        LocalDate from = LocalDate.parse(born);
        LocalDate on = LocalDate.parse(today);
        if (from.isAfter(on)) {
            throw new IllegalArgumentException("not born yet");
        }
        return ChronoUnit.YEARS.between(from, on);
    }
}
