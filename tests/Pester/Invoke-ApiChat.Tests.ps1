BeforeDiscovery {
    $retry = 'Invoke-ApiChat -Request $Error[0].Exception.Request'
    $codes = @(
        @{ Code = 'invalid_api_key'; Status = 401; Category = 'AuthenticationError'; Type = 'ApiAuthenticationException'; Ends = $true
            Said = 'API Key invalid'; Fix = 'Check Key correctness. Run: Connect-ApiService -Simulator -Model gpt-4o -Test' }
        @{ Code = 'expired_api_key'; Status = 401; Category = 'AuthenticationError'; Type = 'ApiAuthenticationException'; Ends = $true
            Said = 'API Key expired'; Fix = 'Create new Key. Run: Connect-ApiService -Simulator -Model gpt-4o -Test' }
        @{ Code = 'revoked_api_key'; Status = 401; Category = 'AuthenticationError'; Type = 'ApiAuthenticationException'; Ends = $true
            Said = 'API Key revoked'; Fix = 'Create new Key. Run: Connect-ApiService -Simulator -Model gpt-4o -Test' }
        @{ Code = 'missing_required_field'; Status = 400; Category = 'InvalidArgument'; Type = 'ApiRequestException'; Ends = $false
            Said = 'Missing required parameter'; Fix = 'Add missing parameter. Run: $Error[0] | Test-ApiRequest' }
        @{ Code = 'invalid_value'; Status = 400; Category = 'InvalidArgument'; Type = 'ApiRequestException'; Ends = $false
            Said = 'Parameter value invalid'; Fix = 'Check parameter format and range. Run: $Error[0] | Test-ApiRequest' }
        @{ Code = 'model_not_supported'; Status = 400; Category = 'ObjectNotFound'; Type = 'ApiRequestException'; Ends = $false
            Said = 'Unsupported model'; Fix = 'Use supported model ID. Run: Get-ApiModel' }
        @{ Code = 'context_length_exceeded'; Status = 400; Category = 'LimitsExceeded'; Type = 'ApiRequestException'; Ends = $false
            Said = 'Token limit exceeded'; Fix = 'Reduce messages or max_tokens. Run: Invoke-ApiChat -Request $Error[0].Exception.Request -FitContext DropOldest' }
        @{ Code = 'rate_limit_exceeded'; Status = 429; Category = 'LimitsExceeded'; Type = 'ApiLimitException'; Ends = $false
            Said = 'Rate limit exceeded'; Fix = "Lower request frequency, implement retry. Run: $retry -MaximumRetryCount 5" }
        @{ Code = 'insufficient_quota'; Status = 429; Category = 'QuotaExceeded'; Type = 'ApiLimitException'; Ends = $true
            Said = 'Quota insufficient'; Fix = "Recharge or wait for quota recovery. Run: $retry" }
        @{ Code = 'concurrent_limit_exceeded'; Status = 429; Category = 'ResourceBusy'; Type = 'ApiLimitException'; Ends = $false
            Said = 'Concurrent limit exceeded'; Fix = "Control concurrent requests. Run: $retry -ThrottleLimit 2" }
        @{ Code = 'internal_error'; Status = 500; Category = 'InvalidResult'; Type = 'ApiServerException'; Ends = $false
            Said = 'Internal error'; Fix = "Retry later. Run: $retry -RetryIntervalSec 10" }
        @{ Code = 'service_unavailable'; Status = 503; Category = 'ResourceUnavailable'; Type = 'ApiServerException'; Ends = $false
            Said = 'Service unavailable'; Fix = "Wait for recovery, use fallback model. Run: $retry -Model (Get-ApiModel)[-1].Id" }
    )
}

BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Invoke-ApiChat' {
    AfterEach {
        Stop-ApiSimulator -ErrorAction Ignore
        Disconnect-ApiService -ErrorAction Ignore
    }

    Context 'What flows in' {
        BeforeEach { Start-TestService }

        It 'asks a prompt' {
            $answer = Invoke-ApiChat 'Hello'
            $answer | Should -BeOfType ApiTools.ChatCompletion
            "$answer" | Should -BeLike 'You asked: "Hello"*'
            $answer.Input | Should -BeExactly 'Hello'
            Get-Sent | Should -BeExactly 'Hello'
        }

        It 'asks each string of the pipeline' {
            $answers = 'a', 'b' | Invoke-ApiChat
            $answers.Input | Should -BeExactly 'a', 'b'
            Get-Sent | Sort-Object | Should -BeExactly 'a', 'b'
        }

        It 'passes over a line that is too long, and goes on to the next' {
            $file = Join-Path $TestDrive 'long.jsonl'
            # Near the beginning, a NUL would tell a binary file.
            $line = '{"model":"gpt-4o","messages":[{"role":"user","content":"' + 'Hello ' * 2000 + '"}]}'
            $stream = [IO.File]::Create($file)
            try {
                $bytes = [Text.Encoding]::UTF8.GetBytes("$line`n")
                $stream.Write($bytes, 0, $bytes.Length)
                # A hole costs no room on the disk.
                $stream.Seek(130MB, 'Current') | Out-Null
                $bytes = [Text.Encoding]::UTF8.GetBytes("`n$line`n")
                $stream.Write($bytes, 0, $bytes.Length)
            }
            finally { $stream.Dispose() }
            $answers = Invoke-ApiChat -LiteralPath $file -ErrorAction SilentlyContinue -ErrorVariable failed
            $answers.Count | Should -Be 2
            $failed.Count | Should -Be 1
            $failed[0].FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.InvokeApiChatCommand'
            $failed[0].ErrorDetails.Message | Should -BeLike '*long.jsonl(2): The line is larger than 128 MB, which is more than any service takes. (invalid_value)*'
            $failed[0].TargetObject.LineNumber | Should -Be 2
            Remove-Item $file
        }

        It 'asks a prompt with placeholders once for each input' {
            $rows = "Id,Body`n1,tea`n2,salt" | ConvertFrom-Csv
            $answers = $rows | Invoke-ApiChat 'Summarise: {Body} ({{Id}} {Id})' -ThrottleLimit 1
            Get-Sent | Should -BeExactly 'Summarise: tea ({Id} 1)', 'Summarise: salt ({Id} 2)'
            $answers.Input.Id | Should -Be 1, 2
        }

        It 'puts the input itself where the prompt has {_}' {
            'x', 'y' | Invoke-ApiChat 'Say {_}' -ThrottleLimit 1 | Should -HaveCount 2
            Get-Sent | Should -BeExactly 'Say x', 'Say y'
        }

        It 'asks a prompt without placeholders once about all lines' {
            'one', 'two' | Invoke-ApiChat 'Write a message' | Should -HaveCount 1
            Get-Sent | Should -BeExactly "Write a message`n`none`ntwo"
        }

        It 'asks a prompt without placeholders once about all objects, as the host would show them' {
            [pscustomobject]@{ Name = 'tea'; Price = 3 }, [pscustomobject]@{ Name = 'salt'; Price = 1 } | Invoke-ApiChat 'Which is dearer?' | Should -HaveCount 1
            Get-Sent | Should -Match '(?s)^Which is dearer\?\n\nName +Price\n---- +-----\ntea +3\nsalt +1$'
        }

        It 'says that nothing was sent where nothing came' {
            Invoke-ApiChat 'Which?' -InputObject $null -WarningAction Ignore | Out-Null
            @() | Invoke-ApiChat 'Which?' -WarningVariable warning -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            $warning | Should -BeExactly 'Nothing came through the pipeline, so nothing was sent.'
        }

        It 'refuses an object without a prompt, and sends nothing' {
            $object = [pscustomobject]@{ Body = 'x' }
            { $object | Invoke-ApiChat } | Should -Throw -ExceptionType ([ApiTools.ApiRequestException]) -PassThru | Set-Variable failure
            Assert-Failure $failure invalid_value InvalidArgument $object `
                "An object (PSCustomObject) came through the pipeline without a prompt that says what to ask about it. Either 'Summarise: {Property}' asks once for each, or 'Which stands out?' asks once about all. (invalid_value)" `
                'Check parameter format and range. Run: Get-Help Invoke-ApiChat -Examples'
            Get-ApiSimulatorRequest | Should -BeNullOrEmpty
        }

        It 'asks with an earlier completion' {
            $first = Invoke-ApiChat 'Hello'
            $first | Invoke-ApiChat | Out-Null
            (Get-Sent)[1] | Should -BeExactly $first.Content
        }

        It 'sends a request as <Name>' -ForEach @(
            @{ Name = 'a hashtable'; Given = @{ model = 'gpt-4o'; messages = @(@{ role = 'user'; content = 'whole' }) } }
            @{ Name = 'an object'; Given = [pscustomobject]@{ model = 'gpt-4o'; messages = @([pscustomobject]@{ role = 'user'; content = 'whole' }) } }
            @{ Name = 'JSON'; Given = '{"model":"gpt-4o","messages":[{"role":"user","content":"whole"}]}' }
        ) {
            Invoke-ApiChat -Request $Given -Model gpt-4o-mini | ForEach-Object Model | Should -Be 'gpt-4o-mini'
            Get-Sent | Should -BeExactly 'whole'
        }

        It 'sends the requests of a JSONL file' {
            $file = Join-Path $TestDrive 'requests.jsonl'
            'one', 'two' | ForEach-Object { "{`"model`":`"gpt-4o`",`"messages`":[{`"role`":`"user`",`"content`":`"$_`"}]}" } | Set-Content $file
            Invoke-ApiChat -LiteralPath $file -ThrottleLimit 1 | Should -HaveCount 2
            Get-Sent | Should -BeExactly 'one', 'two'
        }

        It 'never takes JSON text of the pipeline for a request' {
            $json = '{"model":"gpt-4o-mini","messages":[]}'
            ($json | Invoke-ApiChat).Model | Should -Be 'gpt-4o'
            Get-Sent | Should -BeExactly $json
        }

        It 'sends -System and -Message before the prompt' {
            Invoke-ApiChat 'And now?' -System 'Be brief.' -Message @{ role = 'user'; content = 'Hi' }, @{ Role = 'assistant'; Content = 'Yes?' } -Temperature 0.5 -Seed 7 | Out-Null
            $body = (Get-ApiSimulatorRequest).Body | ConvertFrom-Json
            $body.messages.role | Should -Be 'system', 'user', 'assistant', 'user'
            $body.messages.content | Should -Be 'Be brief.', 'Hi', 'Yes?', 'And now?'
            $body.temperature | Should -Be 0.5
            $body.seed | Should -Be 7
        }
    }

    Context 'The documented codes' {
        It 'writes <Code> as a typed error' -ForEach $codes {
            Start-TestService $Code
            $failure = $null
            try { Invoke-ApiChat 'Hello' -MaximumRetryCount 0 -ErrorAction Stop } catch { $failure = $_ }
            $failure.Exception.GetType().FullName | Should -BeExactly "ApiTools.$Type"
            $failure.Exception.Status | Should -Be $Status
            $failure.Exception.Attempts | Should -Be 1
            Assert-Failure $failure $Code $Category 'Hello' "$Said, as the simulator was asked to answer. ($Status $Code, request req_sim_000001)" $Fix
        }

        It 'gives a next command for <Code> that works once the fault is spent' -ForEach $codes {
            Start-TestService $Code
            try { Invoke-ApiChat 'Hello' -MaximumRetryCount 0 -ErrorAction Stop } catch { $failure = $_ }
            # Pester keeps an $Error of its own.
            $Error.Insert(0, $failure)
            $command = $failure.ErrorDetails.RecommendedAction -replace '^.*?Run: '
            . { [CmdletBinding()] param() & ([scriptblock]::Create($command)) } -ErrorAction Stop -ErrorVariable problem | Should -Not -BeNullOrEmpty
            $problem | Should -BeNullOrEmpty
        }

        It 'ends the command at <Code>: <Ends>' -ForEach $codes {
            Start-TestService @{ Code = $Code; Prompt = 'b' }
            $answers = $null
            $ended = $false
            try { 'a', 'b', 'c' | Invoke-ApiChat -MaximumRetryCount 0 -ThrottleLimit 1 -ErrorAction SilentlyContinue -OutVariable answers | Out-Null } catch { $ended = $true }
            $ended | Should -Be $Ends
            $answers.Input | Should -Be @(if ($Ends) { 'a' } else { 'a', 'c' })
        }

        It 'is caught by its type' {
            Start-TestService rate_limit_exceeded
            $caught = try { Invoke-ApiChat 'Hello' -MaximumRetryCount 0 -ErrorAction Stop } catch [ApiTools.ApiLimitException] { $_.Exception.Code }
            $caught | Should -Be 'rate_limit_exceeded'
        }

        It 'goes on after three failures of ten' {
            Start-TestService @(3, 5, 8 | ForEach-Object { @{ Code = 'invalid_value'; Prompt = "$_" } })
            $answers = 1..10 | ForEach-Object { "$_" } | Invoke-ApiChat -ErrorVariable failures -ErrorAction SilentlyContinue
            $answers.Input | Should -Be '1', '2', '4', '6', '7', '9', '10'
            $failures.TargetObject | Should -Be '3', '5', '8'
            $failures.Exception.Code | Should -Be 'invalid_value', 'invalid_value', 'invalid_value'
        }

        It 'writes what was finished before -ErrorAction Stop ends it' {
            Start-TestService @{ Code = 'invalid_value'; Prompt = '1' } @{ LatencyMs = 100 }
            { '1', '2', '3' | Invoke-ApiChat -ErrorAction Stop -OutVariable script:answers | Out-Null } | Should -Throw -ExceptionType ([ApiTools.ApiRequestException])
            $script:answers.Input | Should -Be '2', '3'
        }
    }

    Context 'A key that may not do that' {
        It 'ends the command at ten 403s in a row' {
            Start-TestService @{ Status = 403; Times = -1 }
            $failures = $null
            { 1..15 | ForEach-Object { "$_" } | Invoke-ApiChat -ThrottleLimit 1 -ErrorAction SilentlyContinue -ErrorVariable script:failures } |
                Should -Throw -ExceptionType ([ApiTools.ApiPermissionException]) -PassThru | Set-Variable failure
            $failure.FullyQualifiedErrorId | Should -BeExactly 'http_403,ApiTools.Cmdlets.InvokeApiChatCommand'
            $failure.CategoryInfo.Category | Should -Be PermissionDenied
            $failure.TargetObject | Should -BeExactly '10'
            Get-Sent | Should -BeExactly (1..10 | ForEach-Object { "$_" })
        }

        It 'goes on where anything stands between them' {
            Start-TestService @{ Status = 403; Times = -1; Prompt = 'flagged*' }
            $answers = 1..9 + 'fine' + 1..9 | ForEach-Object { if ($_ -is [int]) { "flagged $_" } else { $_ } } |
                Invoke-ApiChat -ThrottleLimit 1 -ErrorAction SilentlyContinue -ErrorVariable failures
            $answers.Input | Should -BeExactly 'fine'
            $failures | Should -HaveCount 18
            $failures.CategoryInfo.Category | Sort-Object -Unique | Should -Be PermissionDenied
        }
    }

    Context 'Retries' {
        It 'recovers, and tells the wait' {
            Start-TestService @{ Code = 'rate_limit_exceeded'; RetryAfterMs = 20 }
            $all = Invoke-ApiChat 'Hello' -RetryIntervalSec 0.01 -Verbose 4>&1
            $answer = $all | Where-Object { $_ -is [ApiTools.ChatCompletion] }
            $answer.Attempts | Should -Be 2
            $answer.AttemptHistory.Code | Should -Be 'rate_limit_exceeded', $null
            ($all | Where-Object { $_ -is [Management.Automation.VerboseRecord] }).Message[1] |
                Should -BeLike 'Try 1 of 3 failed: Rate limit exceeded, as the simulator was asked to answer. (rate_limit_exceeded). Waiting 0* s, as the service asks.'
        }

        It 'fails at once where the service asks for a longer wait than -MaximumWaitSec' {
            Start-TestService @{ Code = 'rate_limit_exceeded'; RetryAfter = 300 }
            $watch = [Diagnostics.Stopwatch]::StartNew()
            Invoke-ApiChat 'Hello' -MaximumWaitSec 60 -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 30
            $failure[0].Exception.Attempts | Should -Be 1
            $failure[0].Exception.RetryAfter | Should -Be ([timespan]::FromSeconds(300))
            $failure[0].ErrorDetails.RecommendedAction | Should -BeExactly 'Lower request frequency, implement retry. Run: Invoke-ApiChat -Request $Error[0].Exception.Request -MaximumWaitSec 300'
            (Get-ApiSimulatorRequest).Count | Should -Be 1
        }

        It 'counts its tries in the error' {
            Start-TestService @{ Code = 'internal_error'; Times = -1 }
            Invoke-ApiChat 'Hello' -MaximumRetryCount 2 -RetryIntervalSec 0.01 -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].Exception.Attempts | Should -Be 3
            $failure[0].ErrorDetails.Message | Should -BeLike '*(500 internal_error, 3 tries, request req_sim_000003)*'
        }
    }

    Context 'Streams' {
        It 'writes one whole completion' {
            Start-TestService
            $plain = Invoke-ApiChat 'Hello'
            $all = @(Invoke-ApiChat 'Hello' -Stream 6>$null)
            $all | Should -HaveCount 1
            $all[0] | Should -BeOfType ApiTools.ChatCompletion
            $all[0].Content | Should -BeExactly $plain.Content
            $all[0].FinishReason | Should -Be 'stop'
            (Get-ApiSimulatorRequest).Stream | Should -Be $false, $true
        }

        It 'never passes half an answer for a whole one' {
            Start-TestService @{ Kind = 'StreamError'; Code = 'service_unavailable' }
            Invoke-ApiChat 'Hello' -Stream -MaximumRetryCount 0 -ErrorVariable failure -ErrorAction SilentlyContinue 6>$null | Should -BeNullOrEmpty
            $failure[0].FullyQualifiedErrorId | Should -BeExactly 'service_unavailable,ApiTools.Cmdlets.InvokeApiChatCommand'
        }
    }

    Context 'Ctrl+C' {
        BeforeAll {
            # Runs a script in a runspace of its own, stops it once the simulator has a request, and says how long the stop took.
            function Measure-Stop([string] $Script) {
                $module = (Get-Module ApiTools).Path
                $shell = [powershell]::Create()
                try {
                    [void] $shell.AddScript("Import-Module '$module'; $Script")
                    $running = $shell.BeginInvoke()
                    $deadline = [Diagnostics.Stopwatch]::StartNew()
                    while (-not (Test-Reached $shell) -and $deadline.Elapsed.TotalSeconds -lt 20) {
                        [Threading.Thread]::Sleep(5)
                    }
                    Test-Reached $shell | Should -BeTrue -Because 'the call has to be under way'
                    $running.IsCompleted | Should -BeFalse
                    $watch = [Diagnostics.Stopwatch]::StartNew()
                    $shell.Stop()
                    $elapsed = $watch.Elapsed.TotalMilliseconds
                    $shell.InvocationStateInfo.State | Should -Be 'Stopped'
                    $elapsed
                }
                finally {
                    $shell.Dispose()
                }
            }
        }

        It 'ends <Name> at once' -ForEach @(
            @{ Name = 'a call that is not answered'; Fault = @{ Kind = 'Stall' }; Script = "Invoke-ApiChat 'Hello'"; Reached = { (Get-ApiSimulatorRequest).Count } }
            @{ Name = 'a wait for the next try'; Fault = @{ Code = 'rate_limit_exceeded'; RetryAfter = 60 }; Script = "Invoke-ApiChat 'Hello'"
                Reached = { param($shell) $shell.Streams.Progress.Count } }
            @{ Name = 'a stream'; Fault = @(); Option = @{ TokenDelayMs = 1000 }; Script = "Invoke-ApiChat 'Hello' -Stream"; Reached = { (Get-ApiSimulatorRequest).Count } }
            @{ Name = 'a pipeline of many'; Fault = @{ Kind = 'Stall'; Times = -1 }; Script = "1..50 | ForEach-Object { `"`$_`" } | Invoke-ApiChat"
                Reached = { (Get-ApiSimulatorRequest).Count -ge 5 } }
        ) {
            Set-Item function:script:Test-Reached { param($shell) [bool] (& $Reached $shell) }
            if (-not $Option) { $Option = @{} }
            $times = foreach ($round in 1..3) {
                Start-TestService $Fault $Option
                Measure-Stop $Script
                Stop-ApiSimulator
            }
            if ($env:APITOOLS_SHOW_TIMES) { Write-Host "      $Name`: $([int[]] $times) ms" }
            # A busy machine may be late; the command itself is not.
            ($times | Measure-Object -Minimum).Minimum | Should -BeLessThan 100
            ($times | Measure-Object -Maximum).Maximum | Should -BeLessThan 1000
        }

        It 'ends with its runspace' {
            Start-TestService @{ Kind = 'Stall'; Times = -1 }
            $runspace = [runspacefactory]::CreateRunspace()
            $runspace.Open()
            $shell = [powershell]::Create()
            $shell.Runspace = $runspace
            try {
                $null = $shell.AddScript("Import-Module '$((Get-Module ApiTools).Path)'; 1..9 | ForEach-Object { `"`$_`" } | Invoke-ApiChat")
                $running = $shell.BeginInvoke()
                $deadline = [Diagnostics.Stopwatch]::StartNew()
                while ((Get-ApiSimulatorRequest).Count -lt 5 -and $deadline.Elapsed.TotalSeconds -lt 20) { [Threading.Thread]::Sleep(5) }
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $runspace.Close()
                $watch.Elapsed.TotalMilliseconds | Should -BeLessThan 1000
                $running.IsCompleted | Should -BeTrue
            }
            finally {
                $shell.Dispose()
                $runspace.Dispose()
            }
            # Nothing goes on behind it.
            (Get-ApiSimulatorRequest).Count | Should -Be 5
        }

        It 'closes the socket, so that nobody pays for an answer that nobody reads' {
            $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $listener.Start()
            try {
                Connect-ApiService -BaseUri "http://127.0.0.1:$($listener.LocalEndpoint.Port)/v1" -Model gpt-4o
                $accept = $listener.AcceptTcpClientAsync()
                Set-Item function:script:Test-Reached { $accept.IsCompleted }
                Measure-Stop "Invoke-ApiChat 'Hello'" | Should -BeLessThan 1000
                $stream = $accept.Result.GetStream()
                $stream.ReadTimeout = 5000
                $buffer = [byte[]]::new(65536)
                # The request first, then the end: 0 bytes, or a reset.
                $ended = try { while (($read = $stream.Read($buffer, 0, $buffer.Length)) -gt 0) { }; $read -eq 0 } catch [IO.IOException] { $_.Exception.InnerException.SocketErrorCode -eq 'ConnectionReset' }
                $ended | Should -BeTrue
            }
            finally {
                $listener.Stop()
            }
        }

        It 'ends the rest where Select-Object -First wants no more' {
            Start-TestService @{ Kind = 'Stall'; Prompt = '[2-9]*'; Times = -1 }
            1..40 | ForEach-Object { "$_" } | Invoke-ApiChat | Select-Object -First 1 | ForEach-Object Input | Should -Be '1'
            (Get-ApiSimulatorRequest).Count | Should -BeLessThan 12
        }
    }

    Context 'Bad input' {
        It 'refuses <Name>' -ForEach @(
            @{ Name = 'an empty prompt'; Given = '' }
            @{ Name = '$null'; Given = $null }
        ) {
            Start-TestService
            Invoke-ApiChat $Given -ErrorVariable failure -ErrorAction SilentlyContinue
            Assert-Failure $failure[0] missing_required_field InvalidArgument $Given `
                'The prompt is empty or $null, and nothing was sent. (missing_required_field)' "Add missing parameter. Run: Invoke-ApiChat 'Say hello'"
            , $Given | Invoke-ApiChat -ErrorVariable failure -ErrorAction SilentlyContinue
            Assert-Failure $failure[0] missing_required_field InvalidArgument $Given `
                'The prompt is empty or $null, and nothing was sent. (missing_required_field)' "Add missing parameter. Run: Invoke-ApiChat 'Say hello'"
            Get-ApiSimulatorRequest | Should -BeNullOrEmpty
        }

        It 'refuses no prompt at all' {
            Start-TestService
            Invoke-ApiChat -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].ErrorDetails.Message | Should -BeLike 'There is nothing to ask: give a prompt, -Message, or input through the pipeline. (missing_required_field)*'
        }

        It 'says which property a template lacks, and goes on' {
            Start-TestService
            $rows = [pscustomobject]@{ Body = 'tea' }, [pscustomobject]@{ Text = 'salt' }
            $answers = $rows | Invoke-ApiChat 'Say {Body}' -ErrorVariable failure -ErrorAction SilentlyContinue
            $answers | Should -HaveCount 1
            Assert-Failure $failure[0] missing_required_field InvalidArgument $rows[1] `
                "The input has no property 'Body' for the prompt's {Body}. It has Text. Write {{Body}} for the text itself. (missing_required_field)" `
                'Add missing parameter. Run: Get-Help Invoke-ApiChat -Examples'
        }

        It 'refuses half a surrogate pair, and sends nothing' {
            Start-TestService
            $half = "a$([char] 0xD83D)b"
            $fix = 'Check parameter format and range. Run: Get-Help Invoke-ApiChat -Examples'
            Invoke-ApiChat $half -ErrorVariable failure -ErrorAction SilentlyContinue
            Assert-Failure $failure[0] invalid_value InvalidArgument $half `
                'At position 2 the user message has half of a surrogate pair (U+D83D), which is no character and cannot be sent. (invalid_value)' $fix
            $json = "`"$half`""
            Invoke-ApiChat -Request $json -ErrorVariable failure -ErrorAction SilentlyContinue
            Assert-Failure $failure[0] invalid_value InvalidArgument $json `
                'At position 3 the request has half of a surrogate pair (U+D83D), which is no character and cannot be sent. (invalid_value)' $fix
            Get-ApiSimulatorRequest | Should -BeNullOrEmpty
        }

        It 'sends a file, or a text, that begins with a byte order mark without it, and its parameters with it' {
            Start-TestService
            $path = Join-Path $TestDrive 'marked.jsonl'
            $json = '{"messages":[{"role":"user","content":"tea"}]}'
            $batch = '{"custom_id":"b","body":' + $json + '}'
            [IO.File]::WriteAllText($path, "$json`n", [Text.UTF8Encoding]::new($true))
            $null = Invoke-ApiChat -LiteralPath $path -Temperature 1
            [IO.File]::WriteAllText($path, $batch, [Text.UTF8Encoding]::new($true))
            (Invoke-ApiChat -LiteralPath $path).CustomId | Should -BeExactly 'b'
            $null = Invoke-ApiChat -Request "$([char] 0xFEFF)$json"
            Get-Sent | Should -Be 'tea', 'tea', 'tea'
            $bodies = (Get-ApiSimulatorRequest).Body
            $bodies | ForEach-Object { [int] $_[0] } | Should -Be 123, 123, 123
            ($bodies[0] | ConvertFrom-Json).temperature | Should -Be 1
        }

        It 'ends the command at once, and sends nothing, where no request can carry <Name>' -ForEach @(
            @{ Name = 'a number that is none'; Option = @{ Temperature = [double]::NaN }; Message = 'temperature is NaN, which is no number that JSON can carry. (invalid_value)' }
            @{ Name = '$null among -Stop'; Option = @{ Stop = 'a', $null }; Message = '-Stop has $null in it. (invalid_value)' }
            @{ Name = 'half a surrogate pair for a name'; Option = @{ Property = @{ ([string] [char] 0xD83D) = 1 } }; Message = 'At position 1 a name in -Property has half of a surrogate pair (U+D83D)*' }
            @{ Name = 'a script block'; Option = @{ Property = @{ x = { 1 } } }; Message = 'x is a System.Management.Automation.ScriptBlock, which has no meaning in JSON.*' }
            @{ Name = 'a list for a header'; Option = @{ Header = @{ 'X-A' = 1, 2 } }; Message = 'The value of header 1 is no single text, number or date. (invalid_value)' }
            @{ Name = 'a secret for a header'; Option = @{ Header = @{ 'X-A' = [securestring]::new() } }; Message = 'The value of header 1 is no single text, number or date. (invalid_value)' }
        ) {
            Start-TestService
            $failure = { 'tea', 'salt' | Invoke-ApiChat @Option } | Should -Throw -PassThru
            $failure.FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.InvokeApiChatCommand'
            $failure.ErrorDetails.Message | Should -BeLike "$Message*"
            Get-ApiSimulatorRequest | Should -BeNullOrEmpty
        }

        It 'says that a placeholder stands for what is no text, and goes on' {
            Start-TestService
            $odd = [pscustomobject]@{ Body = [pscustomobject]@{} | Add-Member -PassThru -MemberType ScriptMethod -Name ToString -Value { throw 'boom' } -Force }
            $odd, [pscustomobject]@{ Body = 'tea' } | Invoke-ApiChat 'Say {Body}' -ErrorVariable failure -ErrorAction SilentlyContinue | Should -HaveCount 1
            $failure[0].FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.InvokeApiChatCommand'
            $failure[0].ErrorDetails.Message | Should -BeLike "What the input has for the prompt's {Body} is no text: *"
        }

        It 'refuses a path that no file can have, and goes on' {
            Start-TestService
            Invoke-ApiChat -LiteralPath "a`0b" -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].ErrorDetails.Message | Should -BeLike "The file 'a*b' cannot be read: no file has a NUL character in its name. (file_unreadable)*"
            Invoke-ApiChat -Path 'a`n[31m' -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].FullyQualifiedErrorId | Should -BeExactly 'file_unreadable,ApiTools.Cmdlets.InvokeApiChatCommand'
            { 'x' | Invoke-ApiChat -Journal "a`0b" } | Should -Throw -ErrorId 'file_unreadable,ApiTools.Cmdlets.InvokeApiChatCommand'
            Get-ApiSimulatorRequest | Should -BeNullOrEmpty
        }

        It 'refuses a file that is not there, and a folder' {
            Start-TestService
            $missing = Join-Path $TestDrive 'nothing.jsonl'
            Invoke-ApiChat -LiteralPath $missing -ErrorVariable failure -ErrorAction SilentlyContinue
            Assert-Failure $failure[0] file_not_found ObjectNotFound $missing "There is no file '$missing'. (file_not_found)" 'Check the path. Run: Get-ChildItem'
            $folder = "$TestDrive"
            Invoke-ApiChat -LiteralPath $folder -ErrorVariable failure -ErrorAction SilentlyContinue
            Assert-Failure $failure[0] file_unreadable ReadError $folder "The file '$folder' cannot be read: it is a folder. (file_unreadable)" 'Give a text file that may be read. Run: Get-ChildItem'
        }

        It 'says that nothing listens at a port' {
            $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $listener.Start()
            $port = $listener.LocalEndpoint.Port
            $listener.Stop()
            Connect-ApiService -BaseUri "http://127.0.0.1:$port/v1" -Model gpt-4o
            Invoke-ApiChat 'Hello' -MaximumRetryCount 0 -ErrorVariable failure -ErrorAction SilentlyContinue
            Assert-Failure $failure[0] connection_failed ConnectionError 'Hello' "'127.0.0.1:$port' refuses connections: nothing listens there. Check the port, and whether the server runs. (connection_failed)" `
                'Check the address, the network and the proxy. Run: Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test'
        }

        It 'says that a web page answered' {
            Start-TestService @{ Kind = 'Html' }
            Invoke-ApiChat 'Hello' -MaximumRetryCount 0 -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].FullyQualifiedErrorId | Should -BeExactly 'invalid_response,ApiTools.Cmdlets.InvokeApiChatCommand'
            $failure[0].CategoryInfo.Category | Should -Be 'InvalidData'
            $failure[0].ErrorDetails.Message | Should -BeLike "'http://127.0.0.1:*/v1/chat/completions' answered a web page (HTML) where the API answers JSON. (*invalid_response*)*"
        }

        It 'gives up on a service that never answers' {
            Start-TestService @{ Kind = 'Stall' }
            Invoke-ApiChat 'Hello' -TimeoutSec 0.5 -MaximumRetryCount 0 -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].Exception | Should -BeOfType ApiTools.ApiTimeoutException
            $failure[0].FullyQualifiedErrorId | Should -BeExactly 'timeout,ApiTools.Cmdlets.InvokeApiChatCommand'
            $failure[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
            $failure[0].ErrorDetails.RecommendedAction | Should -BeExactly 'Try again, or allow more time. Run: Invoke-ApiChat -Request $Error[0].Exception.Request -TimeoutSec 1200'
        }
    }
}
