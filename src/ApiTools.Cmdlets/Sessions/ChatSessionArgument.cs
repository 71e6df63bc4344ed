using System.Management.Automation;

namespace ApiTools.Cmdlets;

/// <summary>
/// Says what to do with a session that is one no more: written with Export-Clixml, or from a job. PowerShell's own words for it are that the text
/// "1 turn, 2 messages" cannot be converted.
/// </summary>
internal sealed class ChatSessionArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Deserialized.Of<ApiChatSession>(inputData) is null
        ? inputData
        : throw new ArgumentTransformationMetadataException(
            "This session was written with Export-Clixml, or comes from a job or another machine, and its messages did not come along whole. Keep a session in a file with Export-ApiChatSession, and read it there with Import-ApiChatSession.");
}
