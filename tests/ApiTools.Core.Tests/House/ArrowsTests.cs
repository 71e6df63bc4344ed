using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ApiTools.Core.Tests.House;

/// <summary>
/// DESIGN, "The house": arrows point inward. A type belongs to the folder of its file, whatever its namespace; what it mentions, in a signature, a field,
/// an attribute or a method's body, may only lie in its own folder or in one that its folder may know.
/// </summary>
public sealed class ArrowsTests
{
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Text"] = [],
        ["Time"] = [],
        ["Streams"] = [],
        ["Errors"] = ["Text"],
        ["Files"] = ["Errors", "Streams"],
        ["Tokens"] = ["Text", "Streams"],
        ["Validation"] = ["Errors", "Tokens", "Text", "Streams"],
        ["Schemas"] = ["Validation", "Errors", "Text"],
        ["Measuring"] = ["Validation", "Errors", "Tokens", "Text", "Streams"],
        ["Repair"] = ["Validation", "Errors", "Tokens", "Text", "Streams"],
        ["Http"] = ["Errors", "Text", "Time", "Streams"],
        ["Diagnostics"] = ["Http", "Files", "Errors", "Text", "Time", "Streams"],
        ["Resolution"] = ["Errors", "Http", "Text"],
        ["Chat"] = ["Http", "Schemas", "Validation", "Errors", "Tokens", "Text"],
        ["Attachments"] = ["Chat", "Measuring", "Validation", "Errors", "Tokens", "Text", "Streams"],
        ["Sessions"] = ["Chat", "Files", "Validation", "Errors", "Text"],
        ["Batch"] = ["Chat", "Http", "Validation", "Errors", "Text", "Time", "Streams"],
        ["Simulator"] = ["Chat", "Validation", "Errors", "Tokens", "Text", "Time"],
    };

    private static readonly ModuleDefinition Core = ModuleDefinition.ReadModule(typeof(ApiException).Assembly.Location);

    private static readonly Dictionary<string, string> FolderOfFile = Directory
        .EnumerateFiles(SourceFolder(), "*.cs", SearchOption.AllDirectories)
        .ToDictionary(
            file => $"{Namespace(file)}.{Path.GetFileNameWithoutExtension(file).Split('.')[0]}",
            file => Path.GetRelativePath(SourceFolder(), file).Split(Path.DirectorySeparatorChar)[0]);

    private static readonly TypeDefinition[] OwnTypes = [.. Core.Types.Where(type => !IsCompilers(type))];

    [Fact]
    public void Each_type_has_a_file_of_its_name() =>
        Assert.Empty(OwnTypes.Where(type => !FolderOfFile.ContainsKey(FileName(type))).Select(type => type.FullName));

    [Fact]
    public void Each_folder_stands_in_the_table_of_arrows() =>
        Assert.Empty(OwnTypes.Select(Folder).Distinct().Except(MayKnow.Keys));

    [Fact]
    public void Each_arrow_points_inward()
    {
        string[] wrong =
        [
            .. OwnTypes.SelectMany(type => Mentioned(type).Select(mentioned => (type, mentioned)))
                .Where(arrow => Folder(arrow.mentioned) != Folder(arrow.type) && !MayKnow[Folder(arrow.type)].Contains(Folder(arrow.mentioned)))
                .Select(arrow => $"{Folder(arrow.type)}/{arrow.type.Name} -> {Folder(arrow.mentioned)}/{arrow.mentioned.Name}")
                .Distinct(),
        ];

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_table_itself_has_no_arrow_back() =>
        Assert.All(MayKnow, folder => Assert.All(folder.Value, known => Assert.DoesNotContain(folder.Key, MayKnow[known])));

    [Fact]
    public void The_engine_knows_no_PowerShell() =>
        Assert.DoesNotContain(Core.AssemblyReferences, reference => reference.Name.StartsWith("System.Management.Automation", StringComparison.Ordinal));

    [Fact]
    public void What_a_body_calls_and_what_a_signature_names_is_seen()
    {
        // ApiErrors is named in EventStreamReader's body alone, RetryAdvice in ErrorCodeInfo's signatures.
        Assert.Contains("ApiErrors", Mentioned(Named("EventStreamReader")).Select(type => type.Name));
        Assert.Contains("RetryAdvice", Mentioned(Named("ErrorCodeInfo")).Select(type => type.Name));
    }

    private static TypeDefinition Named(string name) => OwnTypes.Single(type => type.Name == name);

    private static string Folder(TypeDefinition type) => FolderOfFile[FileName(type)];

    private static string FileName(TypeDefinition type) => type.FullName.Split('`')[0];

    // <Module>, <PrivateImplementationDetails>, inline arrays, embedded attributes: nobody's file. Polyfills/ has the framework's own names.
    private static bool IsCompilers(TypeDefinition type) => type.Name.Contains('<', StringComparison.Ordinal) || !type.FullName.StartsWith("ApiTools.", StringComparison.Ordinal);

    private static IEnumerable<TypeDefinition> Mentioned(TypeDefinition type) =>
        References(type).SelectMany(Parts).Select(Outermost).OfType<TypeDefinition>().Where(mentioned => mentioned != type).Distinct();

    private static IEnumerable<TypeReference?> References(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(implemented => implemented.InterfaceType),
        .. type.GenericParameters.SelectMany(parameter => parameter.Constraints.Select(constraint => constraint.ConstraintType)),
        .. type.CustomAttributes.SelectMany(Attribute),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Properties.Select(property => property.PropertyType),
        .. type.Events.Select(declared => declared.EventType),
        .. type.Methods.SelectMany(Method),
        .. type.NestedTypes.SelectMany(References),
    ];

    private static IEnumerable<TypeReference?> Method(MethodDefinition method) =>
    [
        .. Signature(method),
        .. method.CustomAttributes.SelectMany(Attribute),
        .. method.GenericParameters.SelectMany(parameter => parameter.Constraints.Select(constraint => constraint.ConstraintType)),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [],
        .. method.HasBody ? method.Body.ExceptionHandlers.Select(handler => handler.CatchType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(Operand) : [],
    ];

    private static IEnumerable<TypeReference?> Operand(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [.. Signature(method), .. method.GenericArguments],
        MethodReference method => Signature(method),
        _ => [],
    };

    private static IEnumerable<TypeReference?> Signature(MethodReference method) =>
        [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)];

    private static IEnumerable<TypeReference?> Attribute(CustomAttribute attribute) =>
        [attribute.AttributeType, .. attribute.ConstructorArguments.Select(argument => argument.Value as TypeReference)];

    /// <summary>List&lt;X[]&gt; mentions List and X.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification specified => Parts(specified.ElementType),
        _ => [type],
    };

    private static TypeDefinition? Outermost(TypeReference type)
    {
        if (type.IsGenericParameter || (type.Scope != Core && type.Scope?.Name != Core.Name))
        {
            return null;
        }
        TypeDefinition? definition = type.Resolve();
        while (definition?.DeclaringType is TypeDefinition outer)
        {
            definition = outer;
        }
        return definition is null || IsCompilers(definition) ? null : definition;
    }

    private static string Namespace(string file)
    {
        const string Keyword = "namespace ";
        return File.ReadLines(file).First(line => line.StartsWith(Keyword, StringComparison.Ordinal))[Keyword.Length..].TrimEnd(';');
    }

    private static string SourceFolder()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "ApiTools.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return Path.Combine(folder!, "src", "ApiTools.Core");
    }
}
