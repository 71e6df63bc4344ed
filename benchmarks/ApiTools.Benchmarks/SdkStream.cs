using System.ClientModel;
using System.Text;
using OpenAI;
using OpenAI.Chat;

namespace ApiTools.Benchmarks;

/// <summary>OpenAI's own SDK.</summary>
internal sealed class SdkStream(Uri baseUri) : IStreamClient
{
    private readonly OpenAI.Chat.ChatClient _client = new("gpt-4o", new ApiKeyCredential("bench"), new OpenAIClientOptions { Endpoint = baseUri });

    public async Task ReadAsync()
    {
        StringBuilder text = new();
        ChatFinishReason? finish = null;
        await foreach (StreamingChatCompletionUpdate update in _client.CompleteChatStreamingAsync([new UserChatMessage("Hello")]))
        {
            foreach (ChatMessageContentPart part in update.ContentUpdate)
            {
                text.Append(part.Text);
            }
            finish = update.FinishReason ?? finish;
        }
        if (finish is null || text.Length == 0)
        {
            throw new InvalidOperationException("No answer.");
        }
    }

    public void Dispose()
    {
    }
}
