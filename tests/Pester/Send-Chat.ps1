# Talks to a simulator as any HTTP client would, in Windows PowerShell too, which has no -SkipHttpErrorCheck.
# Dot-sourced by the tests of the simulator.
Add-Type -AssemblyName System.Net.Http

function Send-Http($Simulator, $Method, $Path, $Body, $Key = $Simulator.ApiKey) {
    $client = [Net.Http.HttpClient]::new()
    try {
        $request = [Net.Http.HttpRequestMessage]::new($Method, "http://127.0.0.1:$($Simulator.Port)$Path")
        $request.Headers.Authorization = [Net.Http.Headers.AuthenticationHeaderValue]::new('Bearer', $Key)
        if ($Body) {
            $request.Content = [Net.Http.StringContent]::new($Body, [Text.Encoding]::UTF8, 'application/json')
        }
        $answer = $client.SendAsync($request).GetAwaiter().GetResult()
        [pscustomobject]@{
            StatusCode = [int] $answer.StatusCode
            Content    = $answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()
            RetryAfter = "$($answer.Headers.RetryAfter)"
        }
    }
    finally {
        $client.Dispose()
    }
}

function Send-Chat($Simulator, $Prompt = 'Hello', $Key = $Simulator.ApiKey, $Model = 'gpt-4o') {
    $body = @{ model = $Model; messages = @(@{ role = 'user'; content = $Prompt }) } | ConvertTo-Json -Depth 5
    Send-Http $Simulator Post /v1/chat/completions $body $Key
}
