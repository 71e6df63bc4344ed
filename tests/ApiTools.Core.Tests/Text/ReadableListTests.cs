using ApiTools.Text;

namespace ApiTools.Core.Tests.Text;

public sealed class ReadableListTests
{
    [Fact]
    public void A_list_reads_as_its_items() => Assert.Equal("text, image", ReadableList<string>.Of(["text", "image"]).ToString());

    [Fact]
    public void An_empty_list_reads_as_nothing() => Assert.Equal(string.Empty, ReadableList<string>.Of([]).ToString());

    [Fact]
    public void A_list_that_reads_well_already_stays_itself()
    {
        ReadableList<string> list = ReadableList<string>.Of(["text"]);

        Assert.Same(list, ReadableList<string>.Of(list));
    }

    [Fact]
    public void A_table_reads_as_its_entries() =>
        Assert.Equal("timeout: 2, internal_error: 1", ReadableTable<long>.Of(new Dictionary<string, long> { ["timeout"] = 2, ["internal_error"] = 1 }).ToString());

    [Fact]
    public void An_empty_table_reads_as_nothing() => Assert.Equal(string.Empty, ReadableTable<long>.Nothing.ToString());

    // Export-Csv writes what ToString gives, and for any other list that is the name of a class.
    [Fact]
    public void The_lists_of_public_objects_are_these()
    {
        List<string> lists = [];
        foreach (Type type in typeof(ChatCompletion).Assembly.GetExportedTypes().Where(type => type.IsClass && !type.IsAbstract))
        {
            lists.AddRange(type.GetProperties()
                .Where(property => property.PropertyType.IsGenericType && property.PropertyType.Name is "IReadOnlyList`1" or "IReadOnlyDictionary`2" && property.GetMethod!.IsPublic)
                .Select(property => $"{type.Name}.{property.Name}"));
        }

        // Each of these is set through ReadableList or ReadableTable (Serialization.Tests.ps1 reads them); a new one belongs here once it is too.
        // A SimulatorAnswer is what a person gives, and no cmdlet writes it.
        Assert.Equal(
            [
                "ApiConnection.Models", "ApiLogEntry.FinishReasons", "ApiUsage.Errors",
                "ChatChoice.ToolCalls", "ChatCompletion.AttemptHistory", "ChatCompletion.Choices", "ChatCompletion.ToolCalls", "ChatCompletion.ToolHistory",
                "ChatCompletionChunk.ToolCalls", "ChatMessage.Attachments", "ChatMessage.ToolCalls",
                "JournalEntry.AttemptHistory", "JournalSummary.Models", "ModelInfo.InputModalities", "ModelInfo.OutputModalities",
                "SimulatorRequest.Headers", "TokenMeasure.Messages", "TokenMeasure.Notes",
            ],
            lists.Where(name => !name.EndsWith("Exception.AttemptHistory", StringComparison.Ordinal) && name != "SimulatorAnswer.ToolCalls").OrderBy(name => name, StringComparer.Ordinal));
    }
}
