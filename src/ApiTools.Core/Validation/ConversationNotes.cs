using ApiTools.Text;
using ApiTools.Tokens;

namespace ApiTools.Validation;

/// <summary>What of a conversation's count is a guess, each said once. Of more than twenty the first are told.</summary>
/// <param name="model">The model's name; null where it is not known.</param>
internal sealed class ConversationNotes(string? model)
{
    // What a request calls its content is up to it: so many are told, that each is looked for among few.
    private const int Maximum = 20;

    private readonly List<string> _notes = [];
    private readonly List<string> _gaps = [];

    private string Model => model is null ? "this encoding" : VisibleText.Line(model, 60);

    /// <summary>All that is not sure.</summary>
    public string[] All => [.. _gaps, .. _notes];

    /// <summary>What is not in the sum at all.</summary>
    public string[] Gaps => [.. _gaps];

    /// <summary>What the format puts around a message is not documented for the model.</summary>
    public void Format() => Add(
        $"The texts are counted; what the format adds to each message is not documented for {Model}, and is taken to be gpt-4o's: {ChatFormat.Reply} tokens a message and for the answer.");

    /// <summary>Tool calls and their answers are in no documented formula.</summary>
    public void ToolCalls() => Add("How tool calls and their answers are written for the model is not documented: their names, arguments and texts are counted.");

    /// <summary>The formula of functions is not documented for the model.</summary>
    public void Tools() => Add($"How tools are written for {Model} is not documented: the formula is gpt-4o's.");

    /// <summary>A tool has what the documented formula does not.</summary>
    public void ToolShape() => Add("A tool has more to it than a name, a description, and parameters with a type, a description and values, which is all that the documented formula has.");

    /// <summary>Schemas of the answer are in no documented formula.</summary>
    public void Schema() => Add("How the schema of the answer is written for the model is not documented: its JSON text is counted.");

    /// <summary>An image's size is not known.</summary>
    public void RemoteImage() => Miss("The size of an image that is given by its address is not known without fetching it: its tokens are not in the sum. Give it as a data: URI.");

    /// <summary>An image's size cannot be told.</summary>
    public void UnreadableImage() => Miss("The size of an image cannot be told from its data, which is no whole PNG, JPEG, GIF or WebP in base64: its tokens are not in the sum.");

    /// <summary>No formula of images is documented for the model.</summary>
    public void Images() => Miss($"How many tokens {Model} takes for an image is not documented: images are not in the sum.");

    /// <summary>The formula of images may be a token off.</summary>
    public void Patches() => Add("Images are counted by the formula of OpenAI's guide, from which a bill may differ.");

    /// <summary>Other content that is not text.</summary>
    public void Content(string type) => Miss($"How many tokens content of the type {VisibleText.Line(type, 40)} takes is not documented: it is not in the sum.");

    private void Add(string note) => Add(_notes, note);

    private void Miss(string note) => Add(_gaps, note);

    private static void Add(List<string> notes, string note)
    {
        if (notes.Count < Maximum && !notes.Contains(note))
        {
            notes.Add(note);
        }
    }
}
