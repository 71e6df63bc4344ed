BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"

    function Start-Service([object[]] $Fault = @()) {
        Stop-ApiSimulator -ErrorAction Ignore
        Start-ApiSimulator -Fault $Fault
        Connect-ApiService -Simulator
    }

    # What the simulator was asked, without the preflight of anything else.
    function Get-Prompt { (Get-ApiSimulatorRequest | Where-Object Method -EQ POST).Prompt }
}

AfterAll {
    Get-ApiConnection | Disconnect-ApiService
    Stop-ApiSimulator -ErrorAction Ignore
}

Describe 'Invoke-ApiChat' {
    BeforeEach { Start-Service }

    Context 'what flows in' {
        It 'takes each string as a prompt' {
            $answers = 'a', 'b' | Invoke-ApiChat
            $answers.Input | Should -Be 'a', 'b'
            $answers[0].Content | Should -BeLike 'You asked: "a"*'
            Get-Prompt | Sort-Object | Should -Be 'a', 'b'
        }

        It 'fills a template with each input' {
            $rows = [pscustomobject]@{ Body = 'one'; 'Full Name' = 'Ada L' }, @{ Body = 'two'; 'Full Name' = 'Bob' }
            $answers = $rows | Invoke-ApiChat 'Sum up {Body} for {Full Name}, {{not}} {"json":1}' -ThrottleLimit 1
            Get-Prompt | Should -Be 'Sum up one for Ada L, {not} {"json":1}', 'Sum up two for Bob, {not} {"json":1}'
            $answers[0].Input | Should -Be $rows[0]
        }

        It 'puts the input itself for {_}' {
            1, 2 | Invoke-ApiChat 'Square {_}' -ThrottleLimit 1 | Out-Null
            Get-Prompt | Should -Be 'Square 1', 'Square 2'
        }

        It 'asks a prompt without placeholders about the whole input' {
            'line 1', 'line 2' | Invoke-ApiChat 'Write a commit message' | Out-Null
            Get-Prompt | Should -Be "Write a commit message`n`nline 1`nline 2"
        }

        It 'shows objects as the host would, without colours' {
            [pscustomobject]@{ Name = 'x'; Size = 7 } | Invoke-ApiChat 'Which?' | Out-Null
            Get-Prompt | Should -Match "^Which\?\n\nName Size\n---- ----\nx +7$"
        }

        It 'sends nothing where nothing came, and says so' {
            @() | Invoke-ApiChat 'Summarise' -WarningVariable warning -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            $warning | Should -Be 'Nothing came through the pipeline, so nothing was sent.'
            Get-Prompt | Should -BeNullOrEmpty
        }

        It 'refuses objects without a prompt, and shows the two ways' {
            $thing = [pscustomobject]@{ Body = 'x' }
            $failure = try { $thing | Invoke-ApiChat } catch { $_ }
            $failure.FullyQualifiedErrorId | Should -Be 'invalid_value,ApiTools.Cmdlets.InvokeApiChatCommand'
            $failure.TargetObject | Should -Be $thing
            $failure.ErrorDetails.Message | Should -BeLike "*Either 'Summarise: {Property}' asks once for each, or 'Which stands out?' asks once about all.*"
            Get-Prompt | Should -BeNullOrEmpty
        }

        It 'takes a completion as its text' {
            Invoke-ApiChat 'first' | Invoke-ApiChat | Out-Null
            (Get-Prompt)[1] | Should -BeLike 'You asked: "first"*'
        }

        It 'never guesses JSON text to be a request' {
            '{"model":"x"}' | Invoke-ApiChat | Out-Null
            Get-Prompt | Should -Be '{"model":"x"}'
        }

        It 'sends a request as it is, hashtable or text' {
            Invoke-ApiChat -Request @{ model = 'gpt-4o-mini'; messages = @(@{ role = 'user'; content = 'hi' }); metadata = @{ a = 'b' }; store = $true } | Out-Null
            $text = '{ "messages": [{"role":"user","content":"hi"}],  "temperature": 1.50, "model":"gpt-4o" }'
            Invoke-ApiChat -Request $text | Out-Null
            $bodies = (Get-ApiSimulatorRequest).Body
            ($bodies[0] | ConvertFrom-Json).metadata.a | Should -Be 'b'
            $bodies[1] | Should -BeExactly $text
        }

        It 'lets a parameter replace the request''s own, and keeps the rest to the letter' {
            Invoke-ApiChat -Request '{"model":"gpt-4o","temperature":9,"top_p":1.0,"messages":[{"role":"user","content":"hi"}]}' -Temperature 1 | Out-Null
            (Get-ApiSimulatorRequest).Body | Should -BeExactly '{"temperature":1,"model":"gpt-4o","top_p":1.0,"messages":[{"role":"user","content":"hi"}]}'
        }

        It 'sends a file of requests, a line each' {
            $file = Join-Path $TestDrive requests.jsonl
            Set-Content $file '{"model":"gpt-4o","messages":[{"role":"user","content":"1"}]}', '', '{"messages":[{"role":"user","content":"2"}]}'
            Invoke-ApiChat -LiteralPath $file -ThrottleLimit 1 | Measure-Object | ForEach-Object Count | Should -Be 2
            Get-Prompt | Should -Be '1', '2'
        }

        It 'puts system, messages and prompt in that order' {
            Invoke-ApiChat 'q' -System 's' -Message @{ Role = 'user'; Content = 'u' }, ([ApiTools.ChatMessage]::new('assistant', 'a')) -TopP 0.5 -Stop x, y -Seed 7 -MaxTokens 5 -WarningAction Ignore | Out-Null
            $body = (Get-ApiSimulatorRequest).Body | ConvertFrom-Json
            $body.messages.role | Should -Be 'system', 'user', 'assistant', 'user'
            $body.messages.content | Should -Be 's', 'u', 'a', 'q'
            $body.top_p, $body.seed, $body.max_tokens, $body.stop[1] | Should -Be 0.5, 7, 5, 'y'
        }
    }

    Context 'errors' {
        It 'makes <Code> the documented error' -TestCases @(
            @{ Code = 'missing_required_field'; Status = 400; Category = 'InvalidArgument'; Solution = 'Add missing parameter'; Next = '$Error[0] | Test-ApiRequest' }
            @{ Code = 'invalid_value'; Status = 400; Category = 'InvalidArgument'; Solution = 'Check parameter format and range'; Next = '$Error[0] | Test-ApiRequest' }
            @{ Code = 'model_not_supported'; Status = 400; Category = 'ObjectNotFound'; Solution = 'Use supported model ID'; Next = 'Get-ApiModel' }
            @{ Code = 'context_length_exceeded'; Status = 400; Category = 'LimitsExceeded'; Solution = 'Reduce messages or max_tokens'; Next = '$Error[0] | Measure-ApiTokens' }
            @{ Code = 'rate_limit_exceeded'; Status = 429; Category = 'LimitsExceeded'; Solution = 'Lower request frequency, implement retry'; Next = 'Invoke-ApiChat -Request $Error[0].Exception.Request -MaximumRetryCount 5' }
            @{ Code = 'concurrent_limit_exceeded'; Status = 429; Category = 'ResourceBusy'; Solution = 'Control concurrent requests'; Next = 'Invoke-ApiChat -Request $Error[0].Exception.Request -ThrottleLimit 1' }
            @{ Code = 'internal_error'; Status = 500; Category = 'InvalidResult'; Solution = 'Retry later'; Next = 'Invoke-ApiChat -Request $Error[0].Exception.Request -RetryIntervalSec 10' }
            @{ Code = 'service_unavailable'; Status = 503; Category = 'ResourceUnavailable'; Solution = 'Wait for recovery, use fallback model'; Next = 'Invoke-ApiChat -Request $Error[0].Exception.Request -Model (Get-ApiModel)[-1].Id' }
        ) {
            Start-Service @{ Code = $Code; Message = 'It failed.'; Times = 1 }
            Invoke-ApiChat 'Hello' -MaximumRetryCount 0 -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $record = $failure[0]
            $record.FullyQualifiedErrorId | Should -Be "$Code,ApiTools.Cmdlets.InvokeApiChatCommand"
            $record.CategoryInfo.Category | Should -Be $Category
            $record.TargetObject | Should -Be 'Hello'
            $record.ErrorDetails.Message | Should -Be "It failed. ($Status $Code, request req_sim_000001)"
            $record.ErrorDetails.RecommendedAction | Should -Be "$Solution. Run: $Next"
            $record.Exception | Should -BeOfType (Get-ApiErrorCode $Code).ExceptionType

            # The command works as it is pasted: the fault has passed.
            $global:Error.Insert(0, $record)
            $pasted = Invoke-Expression $Next
            $pasted | Should -Not -BeNullOrEmpty
        }

        It 'ends the command at <Code>' -TestCases @(
            @{ Code = 'invalid_api_key'; Category = 'AuthenticationError' }
            @{ Code = 'expired_api_key'; Category = 'AuthenticationError' }
            @{ Code = 'revoked_api_key'; Category = 'AuthenticationError' }
            @{ Code = 'insufficient_quota'; Category = 'QuotaExceeded' }
        ) {
            Start-Service @{ Code = $Code; Prompt = 'b'; Times = -1 }
            $written = [Collections.Generic.List[object]]::new()
            $failure = try { 'a', 'b', 'c' | Invoke-ApiChat -ThrottleLimit 1 | ForEach-Object { $written.Add($_) } } catch { $_ }
            $failure.FullyQualifiedErrorId | Should -Be "$Code,ApiTools.Cmdlets.InvokeApiChatCommand"
            $failure.CategoryInfo.Category | Should -Be $Category
            $failure.TargetObject | Should -Be 'b'
            $written.Input | Should -Be 'a'
            Get-Prompt | Should -Be 'a', 'b'
        }

        It 'gives a pipeline of ten of which three fail its seven answers and its three errors' {
            Start-Service @{ Code = 'internal_error'; Prompt = '*bad*'; Times = -1 }
            $answers = 1..10 | ForEach-Object { if ($_ % 3) { "good $_" } else { "bad $_" } } |
                Invoke-ApiChat -MaximumRetryCount 0 -ErrorVariable failures -ErrorAction SilentlyContinue
            $answers.Input | Should -Be 'good 1', 'good 2', 'good 4', 'good 5', 'good 7', 'good 8', 'good 10'
            $failures.TargetObject | Should -Be 'bad 3', 'bad 6', 'bad 9'
        }

        It 'stops at the first under -ErrorAction Stop, and writes what was finished' {
            Start-Service @{ Code = 'internal_error'; Prompt = 'bad'; Times = -1 }
            $written = [Collections.Generic.List[object]]::new()
            $failure = try { 'bad', 'x', 'y' | Invoke-ApiChat -MaximumRetryCount 0 -ErrorAction Stop | ForEach-Object { $written.Add($_) } } catch [ApiTools.ApiServerException] { $_ }
            $failure.Exception.Code | Should -Be 'internal_error'
            $written.Count | Should -BeLessOrEqual 2
            @(Get-Prompt).Count | Should -Be (1 + $written.Count)
        }

        It 'keeps the key out of everything that an error shows' {
            $secret = 'sk-secret-0123456789'
            Connect-ApiService -Name other -BaseUri (Get-ApiConnection Default).BaseUri -ApiKey $secret -Model gpt-4o
            $failure = try { Invoke-ApiChat 'Hello' -Connection other -Verbose -Debug 4>&1 5>&1 } catch { $_ }
            Disconnect-ApiService other
            $shown = @($failure | Format-List * -Force | Out-String; $failure.Exception | Format-List * -Force | Out-String; $failure | Get-Error | Out-String)
            "$shown" | Should -Not -Match $secret
            $failure.Exception.Code | Should -Be 'invalid_api_key'
        }

        It 'finds a wrong request before it is sent, with the server''s class and code' {
            $failure = try { Invoke-ApiChat 'Hello' -Temperature 3 -ErrorAction Stop } catch [ApiTools.ApiRequestException] { $_ }
            $failure.Exception.Code, $failure.Exception.Param, $failure.Exception.Status | Should -Be 'invalid_value', 'temperature', $null
            $failure.Exception.Report.Findings.Count | Should -Be 1
            Get-Prompt | Should -BeNullOrEmpty
            Invoke-ApiChat 'Hello' -Temperature 3 -SkipRequestValidation -ErrorVariable refused -ErrorAction SilentlyContinue
            $refused[0].Exception.Status | Should -Be 400
        }
    }

    Context 'retries' {
        It 'waits as the service asks, tells it in verbose, and answers' {
            Start-Service @{ Code = 'rate_limit_exceeded'; RetryAfterMs = 200; Times = 1 }
            $all = Invoke-ApiChat 'Hello' -RetryIntervalSec 0.01 -Verbose 4>&1
            $story = @($all | Where-Object { $_ -is [Management.Automation.VerboseRecord] }).Message | Where-Object { $_ -like 'Try 1 of 3*' }
            $story | Should -BeLike '*(rate_limit_exceeded). Waiting 0.2 s, as the service asks.'
            $answer = $all | Where-Object { $_ -is [ApiTools.ChatCompletion] }
            $answer.Attempts | Should -Be 2
            $answer.AttemptHistory[0].Code | Should -Be 'rate_limit_exceeded'
        }

        It 'fails at once where the wait is too long, and says when to come back' {
            Start-Service @{ Code = 'rate_limit_exceeded'; RetryAfter = 600; Times = 1 }
            Invoke-ApiChat 'Hello' -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].Exception.Attempts | Should -Be 1
            $failure[0].Exception.RetryAt | Should -BeGreaterThan ([datetimeoffset]::Now.AddSeconds(500))
            $failure[0].ErrorDetails.RecommendedAction | Should -Be 'Lower request frequency, implement retry. Run: Invoke-ApiChat -Request $Error[0].Exception.Request -MaximumWaitSec 600'
        }
    }

    Context 'streams and stopping' {
        It 'writes one whole completion' {
            $answer = Invoke-ApiChat 'Hello' -Stream 6>$null
            $answer.FinishReason | Should -Be 'stop'
            $answer.Content | Should -Be (Invoke-ApiChat 'Hello').Content
        }

        It 'is never half an answer' {
            Start-Service @{ Kind = 'NoFinish'; Times = -1 }
            Invoke-ApiChat 'Hello' -Stream -ErrorVariable failure -ErrorAction SilentlyContinue 6>$null | Should -BeNullOrEmpty
            $failure[0].FullyQualifiedErrorId | Should -Be 'stream_interrupted,ApiTools.Cmdlets.InvokeApiChatCommand'
            $failure[0].Exception.PartialContent | Should -BeLike 'You asked*'
        }

        It 'ends what runs where nobody reads on' {
            Start-Service @{ Kind = 'Stall'; Prompt = 'slow*'; Times = -1 }
            $watch = [Diagnostics.Stopwatch]::StartNew()
            'quick', 'slow 1', 'slow 2' | Invoke-ApiChat | Select-Object -First 1 | ForEach-Object Input | Should -Be 'quick'
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
        }

        It 'ends at once when it is stopped <When>' -TestCases @(
            @{ When = 'while it waits for the answer'; Fault = @{ Kind = 'Stall'; Times = -1 }; Command = "Invoke-ApiChat 'x'" }
            @{ When = 'while it waits to try again'; Fault = @{ Code = 'rate_limit_exceeded'; RetryAfter = 60; Times = -1 }; Command = "Invoke-ApiChat 'x'" }
            @{ When = 'in mid-stream'; Fault = @{ Kind = 'Slow'; DelayMs = 500; Times = -1 }; Command = "Invoke-ApiChat 'x' -Stream" }
        ) {
            Start-Service $Fault
            $shell = [powershell]::Create()
            $null = $shell.AddScript("Import-Module '$PSScriptRoot/../../out/ApiTools'; $Command")
            $running = $shell.BeginInvoke()
            $deadline = [datetime]::UtcNow.AddSeconds(20)
            while (-not @(Get-ApiSimulatorRequest).Count -and [datetime]::UtcNow -lt $deadline) { [Threading.Thread]::Yield() | Out-Null }
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed.TotalMilliseconds | Should -BeLessThan 1000
            $running.IsCompleted | Should -BeTrue
            $shell.Dispose()
        }
    }

    Context 'bad input' {
        It 'says what is wrong with <Name>' -TestCases @(
            @{ Name = 'an empty prompt'; Command = { Invoke-ApiChat '' }; Id = 'missing_required_field'; Message = 'The prompt is empty or $null, and nothing was sent. (missing_required_field)' }
            @{ Name = 'a prompt that is $null'; Command = { Invoke-ApiChat $null }; Id = 'missing_required_field'; Message = 'The prompt is empty or $null, and nothing was sent. (missing_required_field)' }
            @{ Name = '$null from the pipeline'; Command = { $null | Invoke-ApiChat }; Id = 'missing_required_field'; Message = 'The prompt is empty or $null, and nothing was sent. (missing_required_field)' }
            @{ Name = 'no prompt at all'; Command = { Invoke-ApiChat }; Id = 'missing_required_field'; Message = 'There is nothing to ask: give a prompt, -Message, or input through the pipeline. (missing_required_field)' }
            @{ Name = 'half a surrogate pair'; Command = { Invoke-ApiChat "ab$([char]0xD83D)" }; Id = 'invalid_value'; Message = 'At position 3 the user message has half of a surrogate pair (U+D83D), which is no character and cannot be sent. (invalid_value)' }
            @{ Name = 'a property that is not there'; Command = { [pscustomobject]@{ A = 1; B = 2 } | Invoke-ApiChat 'x {C}' }; Id = 'missing_required_field'; Message = "The input has no property 'C' for the prompt's {C}. It has A, B. Write {{C}} for the text itself. (missing_required_field)" }
            @{ Name = 'a file that is not there'; Command = { Invoke-ApiChat -LiteralPath /no/such.jsonl }; Id = 'file_not_found'; Message = '*no*such.jsonl*(file_not_found)' }
            @{ Name = 'a folder'; Command = { Invoke-ApiChat -LiteralPath $TestDrive }; Id = 'file_unreadable'; Message = '*it is a folder. (file_unreadable)' }
        ) {
            # With the preference at Stop, as the suite has it, the error is thrown; it is the same error.
            $failure = try { & $Command 2>&1 } catch { $_ }
            $failure.FullyQualifiedErrorId | Should -Be "$Id,ApiTools.Cmdlets.InvokeApiChatCommand"
            $failure.ErrorDetails.Message | Should -BeLike $Message
            $failure.Exception | Should -BeOfType ([ApiTools.ApiException])
            Get-Prompt | Should -BeNullOrEmpty
        }

        It 'says what is wrong with a service: <Name>' -TestCases @(
            @{ Name = 'HTML'; Fault = @{ Kind = 'Html'; Times = -1 }; Id = 'invalid_response'; Message = '*answered a web page (HTML) where the API answers JSON. (invalid_response)' }
            @{ Name = 'nothing'; Fault = @{ Kind = 'Empty'; Times = -1 }; Id = 'invalid_response'; Message = '*answered nothing where the API answers JSON. (invalid_response)' }
            @{ Name = 'never'; Fault = @{ Kind = 'Stall'; Times = -1 }; Id = 'timeout'; Message = '*did not answer in 0.3 s. (timeout)' }
        ) {
            Start-Service $Fault
            Invoke-ApiChat 'x' -TimeoutSec 0.3 -MaximumRetryCount 0 -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].FullyQualifiedErrorId | Should -Be "$Id,ApiTools.Cmdlets.InvokeApiChatCommand"
            $failure[0].ErrorDetails.Message | Should -BeLike $Message
        }

        It 'says how to connect where there is no connection' {
            $shown = & { Get-ApiConnection | Disconnect-ApiService; try { Invoke-ApiChat 'x' } catch { $_ } }
            $shown.FullyQualifiedErrorId | Should -Be 'no_connection,ApiTools.Cmdlets.InvokeApiChatCommand'
            $shown.ErrorDetails.RecommendedAction | Should -Be 'Connect to a service first. Run: Connect-ApiService -BaseUri https://api.openai.com/v1'
        }
    }
}
