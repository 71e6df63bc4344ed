BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Invoke-ApiChat when it fails' {
    AfterEach {
        Stop-ApiSimulator -ErrorAction Ignore
        Disconnect-ApiService -ErrorAction Ignore
    }

    Context '-FallbackModel' {
        It 'asks the next model at once where the first is unavailable' {
            Start-TestService @{ Code = 'service_unavailable'; Model = 'gpt-4o'; Times = -1 }
            $all = Invoke-ApiChat 'Hello' -FallbackModel gpt-4.1, gpt-4o-mini -Verbose 4>&1
            $answer = $all | Where-Object { $_ -is [ApiTools.ChatCompletion] }
            $answer.Model | Should -Be 'gpt-4.1'
            $answer.AttemptHistory.Model | Should -Be 'gpt-4o', 'gpt-4.1'
            $answer.AttemptHistory.Reason | Should -Be "tried 'gpt-4.1' next", 'it succeeded'
            $said = ($all | Where-Object { $_ -is [Management.Automation.VerboseRecord] }).Message
            $said | Should -HaveCount 3
            $said[0] | Should -Match "^Try 1 at 'gpt-4o': 503 service_unavailable, \d+ ms, request req_sim_000001\.$"
            $said[1] | Should -BeExactly "Try 1 of 3 failed: Service unavailable, as the simulator was asked to answer. (service_unavailable). Asking 'gpt-4.1' next."
            $said[2] | Should -Match "^Try 2 at 'gpt-4\.1': 200 succeeded, \d+ ms, \d+ \+ \d+ tokens, request req_sim_000002\.$"
            # Nothing but the model differs.
            (Get-ApiSimulatorRequest).Body | ForEach-Object { $_ -replace 'gpt-4o|gpt-4\.1', 'M' } | Select-Object -Unique | Should -HaveCount 1
        }

        It 'shares one budget between the models, and keeps the first error beside the last' {
            Start-TestService @{ Code = 'internal_error'; Model = 'gpt-4o'; Times = -1 }, @{ Code = 'service_unavailable'; Model = 'gpt-4.1'; Times = -1 }
            Invoke-ApiChat 'Hello' -FallbackModel gpt-4.1 -MaximumRetryCount 3 -RetryIntervalSec 0.01 -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].Exception.AttemptHistory.Model | Should -Be 'gpt-4o', 'gpt-4o', 'gpt-4.1', 'gpt-4.1'
            $failure[0].Exception.Code | Should -Be 'service_unavailable'
            $failure[0].Exception.FirstError.Code | Should -Be 'internal_error'
        }

        It 'asks no other model for what is the request''s own fault' {
            Start-TestService @{ Code = 'invalid_value'; Times = -1 }
            Invoke-ApiChat 'Hello' -FallbackModel gpt-4.1 -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].Exception.Attempts | Should -Be 1
        }
    }

    Context 'What every further input would meet' {
        It 'ends the command where ten in a row reach no service' {
            $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $listener.Start()
            $port = $listener.LocalEndpoint.Port
            $listener.Stop()
            Connect-ApiService -BaseUri "http://127.0.0.1:$port/v1" -Model gpt-4o
            $failure = $(try { 1..30 | ForEach-Object { "$_" } | Invoke-ApiChat -MaximumRetryCount 0 -ThrottleLimit 1 -ErrorVariable each -ErrorAction SilentlyContinue } catch { $_ })
            $failure.FullyQualifiedErrorId | Should -BeExactly 'connection_failed,ApiTools.Cmdlets.InvokeApiChatCommand'
            $failure.TargetObject | Should -Be '10'
            @($each | Where-Object { $_ -is [Management.Automation.ErrorRecord] }).TargetObject | Should -Be (1..9)
        }

        It 'ends the command where its connection is ended' {
            Start-TestService
            $failure = $(try { 1..30 | ForEach-Object { "$_" } | Invoke-ApiChat -ThrottleLimit 1 -ErrorAction SilentlyContinue | ForEach-Object { Disconnect-ApiService } } catch { $_ })
            $failure.FullyQualifiedErrorId | Should -BeExactly 'no_connection,ApiTools.Cmdlets.InvokeApiChatCommand'
            (Get-ApiSimulatorRequest).Count | Should -BeLessOrEqual 2
        }
    }

    Context '-ErrorAction' {
        It 'is minded: <Action>' -ForEach @(
            @{ Action = 'Continue'; Stops = $false; Sent = 3 }
            @{ Action = 'SilentlyContinue'; Stops = $false; Sent = 3 }
            @{ Action = 'Ignore'; Stops = $false; Sent = 3 }
            @{ Action = 'Stop'; Stops = $true; Sent = 2 }
        ) {
            Start-TestService @{ Code = 'invalid_value'; Prompt = '2'; Times = -1 }
            $stopped = $false
            $answers = try { '1', '2', '3' | Invoke-ApiChat -ThrottleLimit 1 -ErrorAction $Action 2>$null } catch { $stopped = $true }
            $stopped | Should -Be $Stops
            if (-not $Stops) { $answers.Input | Should -Be 1, 3 }
            (Get-ApiSimulatorRequest).Count | Should -Be $Sent
        }
    }

    Context '-MaximumTimeSec' {
        It 'begins no wait that would pass it' {
            Start-TestService @{ Code = 'internal_error'; Times = -1 }
            $watch = [Diagnostics.Stopwatch]::StartNew()
            Invoke-ApiChat 'Hello' -MaximumTimeSec 30 -RetryIntervalSec 100 -ErrorVariable failure -ErrorAction SilentlyContinue
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
            $failure[0].Exception.Attempts | Should -Be 1
            $failure[0].Exception.AttemptHistory[0].Reason | Should -BeLike 'a wait of * s would pass the 30 s for all tries together'
        }

        It 'ends a try that is under way' {
            Start-TestService @{ Kind = 'Stall'; Times = -1 }
            Invoke-ApiChat 'Hello' -MaximumTimeSec 0.2 -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].Exception.Code | Should -Be 'timeout'
            $failure[0].Exception.Message | Should -BeLike '*0.2 s*all tries*'
            (Get-ApiSimulatorRequest).Count | Should -Be 1
        }
    }

    Context 'The shared gate' {
        It 'finds the level that a service takes, and loses nothing' {
            Start-TestService -Option @{ ConcurrencyLimit = 3; LatencyMs = 5 }
            $answers = 1..60 | ForEach-Object { "$_" } | Invoke-ApiChat -ThrottleLimit 32 -RetryIntervalSec 0.02 -MaximumRetryCount 8
            $answers.Input | Should -Be (1..60)
        }

        It 'holds all back where one has met a limit, and sends none before its time' {
            Start-TestService -Option @{ RequestLimit = 20; LimitWindowSec = 1 }
            $answers = 1..50 | ForEach-Object { "$_" } | Invoke-ApiChat -ThrottleLimit 5 -RetryIntervalSec 0.02 -MaximumRetryCount 5 -Verbose 4>&1
            ($answers | Where-Object { $_ -is [ApiTools.ChatCompletion] }).Input | Should -Be (1..50)
            # At the end of each window those are refused that were under way, four at most, and no other.
            (Get-ApiSimulatorRequest | Where-Object Status -EQ 429).Count | Should -BeLessThan 12
        }
    }

    Context 'The headers of a limit' {
        It 'are obeyed before the limit is met' {
            Start-TestService -Option @{ RequestLimit = 10; LimitWindowSec = 0.5 }
            1..35 | ForEach-Object { "$_" } | Invoke-ApiChat -ThrottleLimit 1 -MaximumRetryCount 0 | Should -HaveCount 35
            (Get-ApiSimulatorRequest).Status | Sort-Object -Unique | Should -Be 200
        }
    }

    Context '-MaxTokens' {
        It 'goes under the name that the model takes, learned once, at no cost of a try' {
            Start-TestService
            $first = Invoke-ApiChat 'Hello' -Model o4-mini -MaxTokens 50 -MaximumRetryCount 0
            $first.AttemptHistory.Code | Should -Be 'invalid_value', $null
            $first.AttemptHistory[0].Reason | Should -BeExactly 'sent again at once with max_completion_tokens, as the service asks'
            (Invoke-ApiChat 'Again' -Model o4-mini -MaxTokens 50).Attempts | Should -Be 1
            (Get-ApiSimulatorRequest)[2].Body | Should -BeLike '*"max_completion_tokens":50*'
            (Invoke-ApiChat 'Other' -Model gpt-4o -MaxTokens 50).Attempts | Should -Be 1
            (Get-ApiSimulatorRequest)[3].Body | Should -BeLike '*"max_tokens":50*'
        }

        It 'is left as it is in a request of the caller''s own' {
            Start-TestService
            Invoke-ApiChat -Request '{"model":"o4-mini","max_tokens":5,"messages":[{"role":"user","content":"x"}]}' -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].Exception.ServiceCode | Should -Be 'unsupported_parameter'
            (Get-ApiSimulatorRequest).Count | Should -Be 1
        }
    }

    Context '-Header' {
        It 'goes with the request, and nowhere else' {
            Start-TestService @{ Code = 'internal_error'; Times = -1 }
            $said = Invoke-ApiChat 'Hello' -Header @{ 'X-Title' = 'secret-7781' } -MaximumRetryCount 1 -RetryIntervalSec 0.01 -Verbose -Debug -ErrorAction Continue *>&1
            $said | Out-String -Width 500 | Should -Not -Match 'secret-7781'
            $said[-1] | Format-List * -Force | Out-String -Width 500 | Should -Not -Match 'secret-7781'
        }

        It 'refuses <Name>' -ForEach @(
            @{ Name = 'the key''s own'; Header = @{ Authorization = 'Bearer secret-7781' } }
            @{ Name = 'a line break'; Header = @{ 'X-A' = "secret-7781`r`nX-B: 1" } }
            @{ Name = 'no name'; Header = @{ 'a b' = 'secret-7781' } }
        ) {
            Start-TestService
            { Invoke-ApiChat 'Hello' -Header $Header } | Should -Throw -ErrorId 'invalid_value,ApiTools.Cmdlets.InvokeApiChatCommand' -PassThru | ForEach-Object {
                $_.ErrorDetails.Message | Should -Not -Match 'secret-7781'
                $_.Exception.Param | Should -Be 'Header'
            }
        }
    }
}
