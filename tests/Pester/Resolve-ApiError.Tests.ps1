BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    $simulator = Start-ApiSimulator -PassThru
}

AfterAll {
    Stop-ApiSimulator
    Disconnect-ApiService -ErrorAction Ignore
}

Describe 'Resolve-ApiError' {
    It 'takes a status, a body and headers' {
        $resolved = Resolve-ApiError -Status 429 -Body '{"error":{"message":"Slow down","code":"rate_limit_exceeded"}}' -Header @{ 'Retry-After' = '7'; 'x-request-id' = 'req_1' }

        $resolved.GetType().FullName | Should -Be 'ApiTools.ResolvedApiError'
        $resolved | Should -BeOfType ApiTools.ErrorCodeInfo
        $resolved.Code | Should -Be 'rate_limit_exceeded'
        $resolved.Solution | Should -Be 'Lower request frequency, implement retry'
        $resolved.RetryAfter | Should -Be ([timespan]::FromSeconds(7))
        $resolved.RequestId | Should -Be 'req_1'
        $resolved.Basis | Should -Be 'Code'
        $resolved.Confidence | Should -Be 'High'
        $resolved.NextCommand | Should -Be 'Start-Sleep -Seconds 7'
    }

    It 'refuses a body that holds itself, as a failure of this one' {
        $self = @{}
        $self.self = $self
        Resolve-ApiError -Status 400 -Body $self -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.ResolveApiErrorCommand'
        $problem[0].TargetObject | Should -Be $self
    }

    It 'takes a status alone' {
        (Resolve-ApiError -Status 503).Code | Should -Be 'service_unavailable'
        (Resolve-ApiError -Status 418).Code | Should -Be 'http_418'
    }

    It 'takes a body as an object' {
        (Resolve-ApiError -Status 400 -Body @{ error = @{ message = 'm'; code = 'missing_required_field'; param = 'model' } }).Param | Should -Be 'model'
    }

    It 'takes the error record of Invoke-RestMethod, with its body and its host' {
        $failure = { Invoke-RestMethod "$($simulator.BaseUri)/models" -Headers @{ Authorization = 'Bearer wrong' } } | Should -Throw -PassThru

        $resolved = $failure | Resolve-ApiError
        $resolved.Code | Should -Be 'invalid_api_key'
        $resolved.Status | Should -Be 401
        $resolved.Basis | Should -Be 'Code'
        $resolved.Source | Should -Be 'error record'
        $resolved.Host | Should -Be "127.0.0.1:$($simulator.Port)"
        $resolved.NextCommand | Should -Match "^Connect-ApiService -BaseUri '$([regex]::Escape("$($simulator.BaseUri)"))"
    }

    It 'takes an answer that Invoke-WebRequest did not throw for' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $answer = Invoke-WebRequest "$($simulator.BaseUri)/models" -Headers @{ Authorization = 'Bearer wrong' } -SkipHttpErrorCheck
        ($answer | Resolve-ApiError).Code | Should -Be 'invalid_api_key'
    }

    It 'takes an error of this module, and keeps its command' {
        Connect-ApiService -BaseUri $simulator.BaseUri -ApiKey $simulator.ApiKey
        Invoke-ApiChat 'Hello' -Model no-such-model -ErrorVariable failure -ErrorAction SilentlyContinue -SkipRequestValidation

        $resolved = $failure[0] | Resolve-ApiError
        $resolved.Code | Should -Be $failure[0].Exception.Code
        $resolved.NextCommand | Should -Be $failure[0].Exception.NextCommand
        $resolved.Dialect | Should -Be 'ApiTools'
        ($failure[0].Exception | Resolve-ApiError).Code | Should -Be $resolved.Code
    }

    It 'takes a failure below HTTP, of another tool' {
        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()
        $failure = { Invoke-RestMethod "http://127.0.0.1:$port/v1" } | Should -Throw -PassThru

        $resolved = $failure | Resolve-ApiError
        $resolved.Code | Should -Be 'connection_failed'
        $resolved.Basis | Should -Be 'Exception'
        $resolved.Message | Should -Match 'refuses connections'
    }

    It 'takes saved text, by its path, and as lines from Get-Content' {
        $path = Join-Path $TestDrive 'answer.txt'
        Set-Content $path "HTTP/1.1 429 Too Many Requests`r`nRetry-After: 3`r`n`r`n{`"error`":{`"message`":`"m`",`"code`":`"insufficient_quota`"}}"

        (Resolve-ApiError -LiteralPath $path).Code | Should -Be 'insufficient_quota'
        (Get-Content $path | Resolve-ApiError).Code | Should -Be 'insufficient_quota'
        (Get-Item $path | Resolve-ApiError).Code | Should -Be 'insufficient_quota'
    }

    It 'takes each line of a log for itself' {
        $codes = ('{"error.type":"timeout"}', '{"gen_ai.request.model":"x"}', '{"error.type":"invalid_value","http.response.status_code":400}' | Resolve-ApiError).Code
        $codes | Should -Be 'timeout', 'invalid_value'
    }

    It 'takes what a script threw with another tool''s words' {
        $failure = { throw "openai.RateLimitError: Error code: 429 - {'error': {'message': 'm', 'code': 'concurrent_limit_exceeded'}}" } | Should -Throw -PassThru
        ($failure | Resolve-ApiError).Code | Should -Be 'concurrent_limit_exceeded'
    }

    It 'takes the last error where none is given' {
        $global:Error.Clear()
        Write-Error 'curl: (6) Could not resolve host: api.exmaple.com' -ErrorAction SilentlyContinue
        (Resolve-ApiError).Message | Should -Match "There is no host 'api.exmaple.com'"
    }

    It 'says where it recognises nothing' {
        $failure = { 'all is well' | Resolve-ApiError -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Be 'invalid_value,ApiTools.Cmdlets.ResolveApiErrorCommand'
        $failure.TargetObject | Should -Be 'all is well'
    }

    It 'shows no control sequence, nor has the message one: PowerShell prints it where its exception is thrown again' {
        $resolved = Resolve-ApiError -Status 400 -Body "{`"error`":{`"message`":`"a\u001b[2Jb`",`"param`":`"\u001b[31mp`",`"code`":`"\u001b]0;x\u0007`"}}"
        $shown = $resolved | Out-String
        $shown | Should -Not -Match "`e\[2J|`e\[31mp"
        $resolved.Message | Should -BeExactly "a$([char] 0x241b)[2Jb"
        $resolved.Exception.RawBody | Should -Match ([regex]::Escape('"a\u001b[2Jb"'))
    }

    It 'keeps no key' {
        $resolved = Resolve-ApiError -Status 401 -Body '{"error":{"message":"Incorrect API key provided: sk-proj-abcdefghijklmnop","code":"invalid_api_key"}}'
        ($resolved | Format-List * | Out-String) + $resolved.Exception.RawBody | Should -Not -Match 'abcdefghij'
    }
}
