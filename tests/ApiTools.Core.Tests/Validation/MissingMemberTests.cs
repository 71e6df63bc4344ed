using System.Text;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

/// <summary>What a required member that is not there can have been.</summary>
public sealed class MissingMemberTests
{
    [Theory]
    [InlineData("""{"role":"user","content":[{"text":"a"}]}""", "messages[0].content[0].type", """[{"op":"add","path":"/messages/0/content/0/type","value":"text"}]""", true)]
    [InlineData("""{"role":"user","content":[{"image_url":{"url":"https://x/y.png"}}]}""", "messages[0].content[0].type", """[{"op":"add","path":"/messages/0/content/0/type","value":"image_url"}]""", true)]
    [InlineData("""{"role":"user","content":[{"text":"a","image_url":{"url":"https://x/y.png"}}]}""", "messages[0].content[0].type", null, false)]
    [InlineData("""{"content":"a"}""", "messages[0].role", """[{"op":"add","path":"/messages/0/role","value":"user"}]""", false)]
    [InlineData("""{"content":"a","Role":"user"}""", "messages[0].role", null, false)]
    [InlineData("""{"content":"21","tool_call_id":"c"}""", "messages[0].role", """[{"op":"add","path":"/messages/0/role","value":"tool"}]""", true)]
    [InlineData("""{"content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}""", "messages[0].role", """[{"op":"add","path":"/messages/0/role","value":"assistant"}]""", true)]
    [InlineData("""{}""", "messages[0].role", null, false)]
    public void It_is_added_where_the_rest_of_the_object_tells(string message, string param, string? fix, bool isSafe)
    {
        byte[] request = Encoding.UTF8.GetBytes($$"""{"model":"gpt-4o","messages":[{{message}}]}""");
        Finding finding = RequestValidator.Validate(request, RequestCheckOptions.Default).Findings.Single(finding => finding.Code == "missing_required_field" && finding.Param == param);
        Assert.Equal((fix, isSafe, fix is not null && !isSafe), (finding.Fix, finding.IsFixSafe, finding.HasChoice));
    }
}
