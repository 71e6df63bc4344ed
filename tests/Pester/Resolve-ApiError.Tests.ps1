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

    It 'takes an error that came through a call of .NET, where PowerShell keeps it in a record of its own: <What>' -TestCases @(
        @{ What = 'of this module'; Code = 'invalid_api_key'; Source = 'error record'; Fail = {
                Connect-ApiService -Name throughNet -BaseUri $simulator.BaseUri -ApiKey wrong
                { Get-ApiModel -Connection throughNet -ErrorAction Stop }.Invoke()
            }
        }
        @{ What = 'of Invoke-RestMethod'; Code = 'invalid_api_key'; Source = 'error record'; Fail = {
                { Invoke-RestMethod "$($simulator.BaseUri)/models" -Headers @{ Authorization = 'Bearer wrong' } -ErrorAction Stop }.Invoke()
            }
        }
    ) {
        try { & $Fail } catch { $failure = $_ } finally { Disconnect-ApiService throughNet -ErrorAction Ignore }

        $failure.Exception | Should -BeOfType Management.Automation.MethodInvocationException
        foreach ($given in $failure, $failure.Exception) {
            $resolved = $given | Resolve-ApiError
            $resolved.Code | Should -BeExactly $Code
            $resolved.Status | Should -Be 401
            $resolved.Basis | Should -Be 'Code'
        }
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

    It 'takes a failure of the name or the port with the host in it' {
        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()
        $resolved = { Invoke-RestMethod "http://127.0.0.1:$port/v1/models" } | Should -Throw -PassThru | Resolve-ApiError
        $resolved.Host | Should -Be "127.0.0.1:$port"
        $resolved.Message | Should -BeLike "'127.0.0.1:$port' refuses connections*"
        $resolved.NextCommand | Should -BeExactly "Connect-ApiService -BaseUri 'http://127.0.0.1:$port/v1' -Test"
    }

    It 'names the base address, whatever was asked there' {
        $resolved = { Invoke-RestMethod "$($simulator.BaseUri)/models" -Headers @{ Authorization = 'Bearer wrong' } } | Should -Throw -PassThru | Resolve-ApiError
        $resolved.NextCommand | Should -BeExactly "Connect-ApiService -BaseUri '$("$($simulator.BaseUri)".TrimEnd('/'))' -Test"
    }

    It 'takes a file in whatever encoding it was saved: <Name>' -TestCases @(
        @{ Name = 'UTF-8 with a mark'; Encoding = [Text.UTF8Encoding]::new($true) }
        @{ Name = 'UTF-16'; Encoding = [Text.Encoding]::Unicode }
        @{ Name = 'UTF-16, big-endian'; Encoding = [Text.Encoding]::BigEndianUnicode }
        @{ Name = 'UTF-32'; Encoding = [Text.Encoding]::UTF32 }
    ) {
        $path = Join-Path $TestDrive 'saved.txt'
        [IO.File]::WriteAllText($path, "HTTP/1.1 429 Too Many Requests`r`nRetry-After: 3`r`n`r`n{`"error`":{`"message`":`"sl$([char]0xf6)w`",`"code`":`"rate_limit_exceeded`"}}", $Encoding)
        $resolved = Resolve-ApiError -LiteralPath $path
        $resolved.Message | Should -BeExactly "sl$([char]0xf6)w"
        $resolved.RetryAfter | Should -Be ([timespan]::FromSeconds(3))
    }

    It 'says in which file it recognises nothing' {
        Set-Content (Join-Path $TestDrive 'well.txt') 'all is well'
        $failure = { Resolve-ApiError -LiteralPath (Join-Path $TestDrive 'well.txt') -ErrorAction Stop } | Should -Throw -PassThru
        $failure.Exception.Message | Should -BeLike "No failure of an API is recognised in '*well.txt': *"
    }

    It 'takes an error of this module that a job has brought, and one of Import-Clixml' {
        Connect-ApiService -BaseUri $simulator.BaseUri -ApiKey $simulator.ApiKey
        Invoke-ApiChat Hello -Model no-such-model -ErrorVariable failure -ErrorAction SilentlyContinue -SkipRequestValidation
        $path = Join-Path $TestDrive 'error.xml'
        $failure[0] | Export-Clixml $path
        $module = (Get-Module ApiTools).Path
        $uri, $key = "$($simulator.BaseUri)", $simulator.ApiKey
        $job = Start-Job { Import-Module $using:module; Connect-ApiService $using:uri -ApiKey $using:key; Invoke-ApiChat Hello -Model no-such-model -SkipRequestValidation }
        $null = Wait-Job $job
        Receive-Job $job -ErrorVariable brought -ErrorAction SilentlyContinue
        Remove-Job $job

        foreach ($error1 in (Import-Clixml $path), (Import-Clixml $path).Exception, $brought[0]) {
            $resolved = $error1 | Resolve-ApiError
            $resolved.Code | Should -BeExactly 'model_not_supported'
            $resolved.Status | Should -Be 400
            $resolved.RequestId | Should -BeLike 'req_sim_*'
            $resolved.Message | Should -BeLike 'The service does not offer*'
            $resolved.Source | Should -Be 'error record of another process'
            $resolved.NextCommand | Should -BeExactly 'Get-ApiModel'
        }
    }

    It 'takes an error of Invoke-RestMethod that a job, a file or JSON has brought, with its body' {
        $uri = "$($simulator.BaseUri)"
        $job = Start-Job { try { Invoke-RestMethod "$using:uri/models" -Headers @{ Authorization = 'Bearer wrong' } } catch { Write-Error $_ } }
        $null = Wait-Job $job
        Receive-Job $job -ErrorVariable brought -ErrorAction SilentlyContinue
        Remove-Job $job
        $other = try { Invoke-RestMethod "$uri/models" -Headers @{ Authorization = 'Bearer wrong' } } catch { $_ }
        $path = Join-Path $TestDrive 'other.xml'
        $other | Export-Clixml $path
        foreach ($error1 in $brought[0], (Import-Clixml $path), ($other | ConvertTo-Json -Depth 2 -WarningAction SilentlyContinue | ConvertFrom-Json)) {
            $resolved = $error1 | Resolve-ApiError
            $resolved.Code | Should -BeExactly 'invalid_api_key'
            $resolved.Status | Should -Be 401
            $resolved.Basis | Should -Be 'Code'
            $resolved.Source | Should -Be 'error record of another process'
            $resolved.Message | Should -BeExactly 'The API key is not one of this service.'
        }
    }

    It 'takes the code from the id of a record of this module of which the exception was not kept' {
        $bag = [pscustomobject]@{ FullyQualifiedErrorId = 'rate_limit_exceeded,ApiTools.Cmdlets.InvokeApiChatCommand'; ErrorDetails_Message = 'Slow down. Try again in 20s. (rate_limit_exceeded)' }
        $bag.PSObject.TypeNames.Insert(0, 'Deserialized.System.Management.Automation.ErrorRecord')
        $resolved = $bag | Resolve-ApiError
        $resolved.Code, $resolved.Source | Should -BeExactly 'rate_limit_exceeded', 'error record of another process'
        $resolved.Message | Should -BeExactly 'Slow down. Try again in 20s. (rate_limit_exceeded)'
        $resolved.RetryAfter | Should -Be ([timespan]::FromSeconds(20))
    }

    It 'takes a status, an object that was JSON, and an entry of a log' {
        (429 | Resolve-ApiError).Code | Should -BeExactly 'rate_limit_exceeded'
        (Resolve-ApiError 503).Code | Should -BeExactly 'service_unavailable'
        ('{"error":{"message":"m","code":"invalid_api_key"}}' | ConvertFrom-Json | Resolve-ApiError).Code | Should -BeExactly 'invalid_api_key'
        (@{ error = @{ message = 'm'; code = 'insufficient_quota' } } | Resolve-ApiError).Code | Should -BeExactly 'insufficient_quota'

        $log = Join-Path $TestDrive 'log.jsonl'
        Connect-ApiService -BaseUri $simulator.BaseUri -ApiKey $simulator.ApiKey -Model gpt-4o -LogPath $log
        $null = Invoke-ApiChat Hello
        Invoke-ApiChat Hello -Model no-such-model -ErrorAction SilentlyContinue -SkipRequestValidation
        $resolved = @(Get-ApiLog | Resolve-ApiError)
        $resolved.Code | Should -BeExactly 'model_not_supported'
        $resolved[0].Model | Should -BeExactly 'no-such-model'
        $resolved[0].Source | Should -Be 'line of a log'
        $resolved[0].RequestId | Should -BeLike 'req_sim_*'
    }

    It 'takes no other object' {
        $failure = { Get-Process -Id $PID | Resolve-ApiError -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Be 'invalid_value,ApiTools.Cmdlets.ResolveApiErrorCommand'
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
