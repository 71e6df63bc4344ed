using System.Globalization;
using System.Text.Json;
using ApiTools.Text;
using ApiTools.Tokens;

namespace ApiTools.Validation;

/// <summary>Whether the service has the model, and the model takes what the request has.</summary>
internal static class ModelRelations
{
    // More names than these help nobody.
    private const int NamesTold = 3;

    /// <summary>The service offers the model; where that is not known, it is one that is known at all.</summary>
    public static void IsOffered(RequestCheck check, in RequestMembers members)
    {
        JsonSlice model = members[MemberName.Model];
        if (model.Type != JsonTokenType.String || model.RawString.IsEmpty)
        {
            return;
        }
        check.Model.Set(model);
        string name = check.Model.Name!;
        if (check.Options.Models is IReadOnlyList<string> offered)
        {
            if (!check.Model.IsIn(offered))
            {
                ReportNotOffered(check, model, name, offered);
            }
        }
        else if (check.Model.Known is null && check.Findings.WantsWarnings)
        {
            ReportUnknown(check, model, name);
        }
    }

    /// <summary>The model takes the parameters: one that reasons does not sample, others do not reason, and what OpenAI has replaced goes by its new name.</summary>
    public static void TakesParameters(RequestCheck check, in RequestMembers members)
    {
        if (check.Model.Name is null)
        {
            return;
        }
        bool reasons = check.Model.Reasoning == ModelReasoning.Always
            || (check.Model.Reasoning == ModelReasoning.WhenAsked && members[MemberName.ReasoningEffort] is { Type: JsonTokenType.String } effort && !effort.IsText("none"u8));
        ulong bound = members.Given & (check.Model.Reasoning == ModelReasoning.None ? RequestRules.BoundToOtherModel : RequestRules.BoundToModel);
        for (int index = 0; bound != 0; index++, bound >>= 1)
        {
            if ((bound & 1) != 0)
            {
                CheckParameter(check, members, members.Rule.Members![index], members.At(index), reasons);
            }
        }
    }

    private static void CheckParameter(RequestCheck check, in RequestMembers members, RequestRule rule, JsonSlice value, bool reasons)
    {
        bool mayReason = check.Model.Reasoning != ModelReasoning.None;
        if (rule.Reasoning == ReasoningUse.Refused && mayReason)
        {
            if (!(check.Options.RenamesMaxTokens && rule.Name == "max_tokens"))
            {
                Refuse(check, rule, value, "does not take it", HasSuccessor(members, rule) ? null : rule.Successor);
            }
        }
        else if (rule.Reasoning == ReasoningUse.RefusedWhileReasoning && reasons)
        {
            Refuse(check, rule, value, "does not take it while it reasons", null);
        }
        else if (rule.Reasoning == ReasoningUse.DefaultOnly && reasons && !IsDefault(rule, value))
        {
            RefuseValue(check, rule, value);
        }
        else if (rule.RefusedBy is not null && rule.RefusedBy.Contains(check.Model.Known?.Name, StringComparer.Ordinal))
        {
            Refuse(check, rule, value, "does not take it", null);
        }
        else if (rule.IsForReasoning && !mayReason && check.Model.IsOpenAI)
        {
            WarnOfReasoning(check, rule, value);
        }
        else if (rule.Successor is not null && rule.Reasoning == ReasoningUse.Taken && check.Model.IsOpenAI)
        {
            WarnOfSuccessor(check, members, rule, value);
        }
    }

    private static void WarnOfReasoning(RequestCheck check, RequestRule rule, JsonSlice value)
    {
        if (check.Findings.WantsWarnings)
        {
            RequestPath path = check.Path.Member(rule.Name);
            check.Warning(value, path, $"{path} is for models that reason; {Model(check)} does not.", JsonFix.Choice(JsonPatch.Remove(path)));
        }
    }

    private static void WarnOfSuccessor(RequestCheck check, in RequestMembers members, RequestRule rule, JsonSlice value)
    {
        if (check.Findings.WantsWarnings)
        {
            RequestPath path = check.Path.Member(rule.Name);
            check.Warning(value, path, $"{path} is deprecated by OpenAI; {rule.Successor} has replaced it.", Succession.Fix(members, rule, value));
        }
    }

    private static bool HasSuccessor(in RequestMembers members, RequestRule rule) => members.TypeAt(members.Rule.IndexOfMember(rule.Successor!)) != JsonTokenType.None;

    private static void Refuse(RequestCheck check, RequestRule rule, JsonSlice value, string why, string? successor)
    {
        RequestPath path = check.Path.Member(rule.Name);
        string instead = rule.Successor is null ? "leave it out" : $"it takes {rule.Successor}";
        string patch = successor is null ? JsonPatch.Remove(path) : JsonPatch.Move(path, check.Path.Member(successor));
        check.Findings.Error(
            "invalid_value",
            value.Start,
            path,
            $"{path} is given, and {Model(check)} {why}: {instead}.",
            new JsonFix(patch, IsSafe: successor is not null || check.Model.Reasoning == ModelReasoning.Always),
            "unsupported_parameter");
    }

    private static void RefuseValue(RequestCheck check, RequestRule rule, JsonSlice value)
    {
        RequestPath path = check.Path.Member(rule.Name);
        string given = value.Type == JsonTokenType.StartObject ? "given" : value.GetRawText();
        string only = rule.Default is null ? "takes none" : $"takes its default of {rule.Default} only";
        string rest = check.Model.Reasoning == ModelReasoning.WhenAsked ? " while it reasons: leave it out, or set reasoning_effort to \"none\"." : ", for it reasons: leave it out.";
        check.Findings.Error(
            "invalid_value",
            value.Start,
            path,
            $"{path} is {given}; {Model(check)} {only}{rest}",
            new JsonFix(JsonPatch.Remove(path), check.Model.Reasoning == ModelReasoning.Always),
            "unsupported_value");
    }

    private static bool IsDefault(RequestRule rule, JsonSlice value) => value.Type switch
    {
        // A value of another kind than the rule's is told already.
        _ when !ValueKind.Allows(rule.Kinds, value) => true,
        JsonTokenType.Number => rule.Default is not null && value.GetDouble() == double.Parse(rule.Default, CultureInfo.InvariantCulture),
        JsonTokenType.StartObject => !value.Children().MoveNext(),
        _ => value.Type == JsonTokenType.False,
    };

    private static void ReportNotOffered(RequestCheck check, JsonSlice model, string name, IReadOnlyList<string> offered)
    {
        List<string> nearest = NearestName.FindAll(name, offered);
        string offer = nearest.Count > 0
            ? $"the nearest that it offers: {Names(nearest)}."
            : offered.Count > 0 ? $"it offers {Names(offered)}." : "it offers none.";
        RequestPath path = check.Path.Member("model");
        check.Findings.Error(
            "model_not_supported", model.Start, path, $"The service does not offer the model \"{VisibleText.Line(name, 60)}\"; {offer}", Fix(name, nearest, path, isSafe: true));
    }

    private static void ReportUnknown(RequestCheck check, JsonSlice model, string name)
    {
        List<string> nearest = NearestName.FindAll(name, ModelCatalog.All.Select(known => known.Name));
        string meant = nearest.Count > 0 ? $" Did you mean {Names(nearest)}?" : string.Empty;
        RequestPath path = check.Path.Member("model");
        check.Findings.Warning(
            "model_not_supported",
            model.Start,
            path,
            $"The model \"{VisibleText.Line(name, 60)}\" is not one that ApiTools knows: whether the service offers it, and its context window, are not checked.{meant}",
            Fix(name, nearest, path, isSafe: false));
    }

    // gpt-5 for gpt-4 is another model, and no typing mistake: the one nearest is meant only where its digits are the same.
    private static JsonFix? Fix(string name, List<string> nearest, RequestPath path, bool isSafe) =>
        nearest.Count == 1 && Digits(name) == Digits(nearest[0]) ? new JsonFix(JsonPatch.Replace(path, nearest[0]), isSafe) : null;

    private static string Digits(string name) => string.Concat(name.Where(char.IsDigit));

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Take(NamesTold).Select(name => VisibleText.Line(name, 60)));

    private static string Model(RequestCheck check) => VisibleText.Line(check.Model.Name, 60);
}
