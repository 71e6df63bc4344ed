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
            Said = 'Token limit exceeded'; Fix = 'Reduce messages or max_tokens. Run: $Error[0] | Measure-ApiTokens' }
        @{ Code = 'rate_limit_exceeded'; Status = 429; Category = 'LimitsExceeded'; Type = 'ApiLimitException'; Ends = $false
            Said = 'Rate limit exceeded'; Fix = "Lower request frequency, implement retry. Run: $retry -MaximumRetryCount 5" }
        @{ Code = 'insufficient_quota'; Status = 429; Category = 'QuotaExceeded'; Type = 'ApiLimitException'; Ends = $true
            Said = 'Quota insufficient'; Fix = "Recharge or wait for quota recovery. Run: $retry" }
        @{ Code = 'concurrent_limit_exceeded'; Status = 429; Category = 'ResourceBusy'; Type = 'ApiLimitException'; Ends = $false
            Said = 'Concurrent limit exceeded'; Fix = "Control concurrent requests. Run: $retry -ThrottleLimit 1" }
        @{ Code = 'internal_error'; Status = 500; Category = 'InvalidResult'; Type = 'ApiServerException'; Ends = $false
            Said = 'Internal error'; Fix = "Retry later. Run: $retry -RetryIntervalSec 10" }
        @{ Code = 'service_unavailable'; Status = 503; Category = 'ResourceUnavailable'; Type = 'ApiServerException'; Ends = $false
            Said = 'Service unavailable'; Fix = "Wait for recovery, use fallback model. Run: $retry -Model (Get-ApiModel)[-1].Id" }
    )
}

BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    # Windows PowerShell prints no recommended action, so there the message carries it.
    $inMessage = $PSVersionTable.PSEdition -eq 'Desktop'

    function Start-Service([object[]] $Fault = @(), [hashtable] $Option = @{}) {
        Start-ApiSimulator -Fault $Fault @Option
        Connect-ApiService -Simulator
    }

    function Get-Sent { (Get-ApiSimulatorRequest).Prompt }

    function Assert-Failure($ErrorRecord, $Code, $Category, $Target, $Message, $Fix, $Cmdlet = 'InvokeApiChatCommand') {
        $ErrorRecord.FullyQualifiedErrorId | Should -BeExactly "$Code,ApiTools.Cmdlets.$Cmdlet"
        $ErrorRecord.CategoryInfo.Category | Should -Be $Category
        , $ErrorRecord.TargetObject | Should -BeExactly $Target
        if ($inMessage) { $Message += " Recommendation: $Fix" }
        $ErrorRecord.ErrorDetails.Message | Should -BeExactly $Message
        $ErrorRecord.ErrorDetails.RecommendedAction | Should -BeExactly $Fix
    }
}

Describe 'Invoke-ApiChat' {
    AfterEach {
        Stop-ApiSimulator -ErrorAction Ignore
        Disconnect-ApiService -ErrorAction Ignore
    }

    Context 'What flows in' {
        BeforeEach { Start-Service }

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
            Start-Service $Code
            $failure = $null
            try { Invoke-ApiChat 'Hello' -MaximumRetryCount 0 -ErrorAction Stop } catch { $failure = $_ }
            $failure.Exception.GetType().FullName | Should -BeExactly "ApiTools.$Type"
            $failure.Exception.Status | Should -Be $Status
            $failure.Exception.Attempts | Should -Be 1
            Assert-Failure $failure $Code $Category 'Hello' "$Said, as the simulator was asked to answer. ($Status $Code, request req_sim_000001)" $Fix
        }

        It 'gives a next command for <Code> that works once the fault is spent' -ForEach $codes {
            Start-Service $Code
            try { Invoke-ApiChat 'Hello' -MaximumRetryCount 0 -ErrorAction Stop } catch { $failure = $_ }
            # Pester keeps an $Error of its own.
            $Error.Insert(0, $failure)
            $command = $failure.ErrorDetails.RecommendedAction -replace '^.*?Run: '
            Invoke-Expression $command -ErrorAction Stop -ErrorVariable problem | Should -Not -BeNullOrEmpty
            $problem | Should -BeNullOrEmpty
        }

        It 'ends the command at <Code>: <Ends>' -ForEach $codes {
            Start-Service @{ Code = $Code; Prompt = 'b' }
            $answers = $null
            $ended = $false
            try { 'a', 'b', 'c' | Invoke-ApiChat -MaximumRetryCount 0 -ThrottleLimit 1 -ErrorAction SilentlyContinue -OutVariable answers | Out-Null } catch { $ended = $true }
            $ended | Should -Be $Ends
            $answers.Input | Should -Be @(if ($Ends) { 'a' } else { 'a', 'c' })
        }

        It 'is caught by its type' {
            Start-Service rate_limit_exceeded
            $caught = try { Invoke-ApiChat 'Hello' -MaximumRetryCount 0 -ErrorAction Stop } catch [ApiTools.ApiLimitException] { $_.Exception.Code }
            $caught | Should -Be 'rate_limit_exceeded'
        }

        It 'goes on after three failures of ten' {
            Start-Service @(3, 5, 8 | ForEach-Object { @{ Code = 'invalid_value'; Prompt = "$_" } })
            $answers = 1..10 | ForEach-Object { "$_" } | Invoke-ApiChat -ErrorVariable failures -ErrorAction SilentlyContinue
            $answers.Input | Should -Be '1', '2', '4', '6', '7', '9', '10'
            $failures.TargetObject | Should -Be '3', '5', '8'
            $failures.Exception.Code | Should -Be 'invalid_value', 'invalid_value', 'invalid_value'
        }

        It 'writes what was finished before -ErrorAction Stop ends it' {
            Start-Service @{ Code = 'invalid_value'; Prompt = '1' } @{ LatencyMs = 100 }
            { '1', '2', '3' | Invoke-ApiChat -ErrorAction Stop -OutVariable script:answers | Out-Null } | Should -Throw -ExceptionType ([ApiTools.ApiRequestException])
            $script:answers.Input | Should -Be '2', '3'
        }
    }

    Context 'Retries' {
        It 'recovers, and tells the wait' {
            Start-Service @{ Code = 'rate_limit_exceeded'; RetryAfterMs = 20 }
            $all = Invoke-ApiChat 'Hello' -RetryIntervalSec 0.01 -Verbose 4>&1
            $answer = $all | Where-Object { $_ -is [ApiTools.ChatCompletion] }
            $answer.Attempts | Should -Be 2
            $answer.AttemptHistory.Code | Should -Be 'rate_limit_exceeded', $null
            "$($all | Where-Object { $_ -is [Management.Automation.VerboseRecord] })" |
                Should -BeLike 'Try 1 of 3 failed: Rate limit exceeded, as the simulator was asked to answer. (rate_limit_exceeded). Waiting 0* s, as the service asks.'
        }

        It 'fails at once where the service asks for a longer wait than -MaximumWaitSec' {
            Start-Service @{ Code = 'rate_limit_exceeded'; RetryAfter = 300 }
            $watch = [Diagnostics.Stopwatch]::StartNew()
            Invoke-ApiChat 'Hello' -MaximumWaitSec 60 -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 30
            $failure[0].Exception.Attempts | Should -Be 1
            $failure[0].Exception.RetryAfter | Should -Be ([timespan]::FromSeconds(300))
            $failure[0].ErrorDetails.RecommendedAction | Should -BeExactly 'Lower request frequency, implement retry. Run: Invoke-ApiChat -Request $Error[0].Exception.Request -MaximumWaitSec 300'
            (Get-ApiSimulatorRequest).Count | Should -Be 1
        }

        It 'counts its tries in the error' {
            Start-Service @{ Code = 'internal_error'; Times = -1 }
            Invoke-ApiChat 'Hello' -MaximumRetryCount 2 -RetryIntervalSec 0.01 -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].Exception.Attempts | Should -Be 3
            $failure[0].ErrorDetails.Message | Should -BeLike '*(500 internal_error, 3 tries, request req_sim_000003)*'
        }
    }
}
