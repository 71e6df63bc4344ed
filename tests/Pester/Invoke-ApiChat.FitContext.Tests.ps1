BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"
    $models = @{ Model = 'gpt-4', 'gpt-4o', 'sim-small' }
    function New-Conversation([string] $Model = 'gpt-4', [int] $Words = 9000, [hashtable] $With = @{}) {
        @{
            model    = $Model
            messages = @(
                @{ role = 'system'; content = 'Be brief.' }
                @{ role = 'user'; content = 'old ' * $Words }
                @{ role = 'assistant'; content = 'Yes.' }
                @{ role = 'user'; content = 'Hello' }
            )
        } + $With
    }
    function Get-SentMessage { ((Get-ApiSimulatorRequest)[-1].Body | ConvertFrom-Json).messages.content }
}

Describe 'Invoke-ApiChat -FitContext' {
    AfterEach {
        Stop-ApiSimulator -ErrorAction Ignore
        Disconnect-ApiService -ErrorAction Ignore
    }

    It 'leaves out the oldest turns of a request that is too long, and says so' {
        Start-TestService -Option $models
        $answer = Invoke-ApiChat -Request (New-Conversation) -FitContext DropOldest -WarningVariable warned -WarningAction SilentlyContinue
        $answer.Attempts | Should -Be 1
        Get-SentMessage | Should -BeExactly 'Be brief.', 'Hello'
        $warned.Count | Should -Be 1
        $warned[0].Message | Should -BeExactly 'The oldest turn is left out, 2 messages of 9,011 tokens, to fit the 8,192 of the context window.'
    }

    It 'says which messages with -Verbose' {
        Start-TestService -Option $models
        $said = Invoke-ApiChat -Request (New-Conversation) -FitContext DropOldest -Verbose -WarningAction Ignore 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        $said.Message | Should -Contain 'Left out: messages[1] to messages[2]'
    }

    It 'asks for a shorter answer with LowerMaxTokens' {
        Start-TestService -Option $models
        $request = New-Conversation -Words 10 -With @{ max_tokens = 100000 }
        $null = Invoke-ApiChat -Request $request -FitContext LowerMaxTokens -WarningVariable warned -WarningAction SilentlyContinue
        ((Get-ApiSimulatorRequest)[-1].Body | ConvertFrom-Json).max_tokens | Should -BeLessThan 8192
        $warned[0].Message | Should -BeLike 'max_tokens is lowered from 100,000 to 8,1??, to fit *'
    }

    It 'sends a request that fits as it is, and says nothing' {
        Start-TestService -Option $models
        $null = Invoke-ApiChat -Request (New-Conversation -Words 10) -FitContext DropOldest -WarningVariable warned
        (Get-SentMessage).Count | Should -Be 4
        $warned.Count | Should -Be 0
    }

    It 'fits the request that asks again for an answer too, and leaves its question in it' {
        $schema = '{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}'
        $long = '{"a":1,"b":"' + 'x y ' * 2000 + '"}'
        Start-TestService -Option @{ Model = 'gpt-4'; Answer = @{ Content = $long }, '{"a":"yes"}' }
        $request = New-Conversation -Words 5000
        $answer = Invoke-ApiChat -Request $request -Schema $schema -SchemaMode Prompt -RetryInvalid -FitContext DropOldest -WarningVariable warned -WarningAction SilentlyContinue
        $answer.Parsed.a | Should -BeExactly yes
        $warned.Message | Should -BeLike 'The oldest turn is left out, 2 messages of 5,0?? tokens, to fit the 8,192 of the context window.'
        $sent = ((Get-ApiSimulatorRequest)[-1].Body | ConvertFrom-Json).messages
        $sent.role | Should -BeExactly system, user, assistant, user
        $sent[1].content | Should -BeExactly Hello
    }

    It 'does not ask again what does not fit with its question' {
        $schema = '{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}'
        Start-TestService -Option @{ Model = 'gpt-4'; Answer = @{ Content = '{"a":1,"b":"' + 'x y ' * 2000 + '"}' } }
        $request = @{ model = 'gpt-4'; messages = @(@{ role = 'user'; content = 'old ' * 6000 }) }
        $null = Invoke-ApiChat -Request $request -Schema $schema -SchemaMode Prompt -RetryInvalid -FitContext DropOldest -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].Exception.Code, $failed[0].Exception.FirstError.Code | Should -BeExactly context_length_exceeded, schema_mismatch
        $failed[0].Exception.Message | Should -BeLike 'Even with the last 2 turns and the system messages alone, *'
        @(Get-ApiSimulatorRequest).Count | Should -Be 1
    }

    It 'says once what is in no count' {
        Start-TestService -Option $models
        $null = 1, 2 | Invoke-ApiChat 'See {_}' -Model gpt-4o -Attachment 'https://example.com/a.png' -FitContext DropOldest -WarningVariable warned -WarningAction SilentlyContinue
        $warned.Message | Should -BeExactly '-FitContext cannot count all of a request. The size of an image that is given by its address is not known without fetching it: its tokens are not in the sum. Give it as a data: URI.'
    }

    It 'sends nothing where no leaving out makes it fit' {
        Start-TestService -Option $models
        $request = @{ model = 'gpt-4'; messages = @(@{ role = 'user'; content = 'old ' * 9000 }) }
        $answer = Invoke-ApiChat -Request $request -FitContext DropOldest -ErrorAction SilentlyContinue -ErrorVariable failed -WarningVariable warned
        $answer | Should -BeNullOrEmpty
        Assert-Failure $failed[0] 'context_length_exceeded' 'LimitsExceeded' $request (
            'Even with the last turn and the system messages alone, the messages are 9,008 tokens: 816 more than the 8,192 of the context window. (context_length_exceeded)') (
            'Reduce messages or max_tokens. Run: $Error[0] | Measure-ApiTokens')
        Get-ApiSimulatorRequest | Should -BeNullOrEmpty
        $warned.Count | Should -Be 0
    }

    It 'fits by what the service says, once, where the window is not known here' {
        Start-TestService -Option $models
        $answer = Invoke-ApiChat -Request (New-Conversation 'sim-small' 200) -FitContext DropOldest -WarningVariable warned -WarningAction SilentlyContinue
        $answer.Attempts | Should -Be 2
        $answer.AttemptHistory.Code | Should -BeExactly 'context_length_exceeded', $null
        Get-SentMessage | Should -BeExactly 'Be brief.', 'Hello'
        $warned.Message | Should -BeExactly @(
            "The context window of 'sim-small' is not known, so -FitContext does nothing before the service says it."
            'The oldest turn is left out, 2 messages of about 201 tokens, to fit the 128 of the context window.')
    }

    It 'fits by the numbers of a refusal, where a service counts more than the estimate' {
        Start-TestService -Option $models -Fault @{ Code = 'context_length_exceeded'; Times = 1; Message = "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens." }
        $null = Invoke-ApiChat -Request (New-Conversation -Words 5000) -FitContext DropOldest -WarningAction Ignore
        Get-SentMessage | Should -BeExactly 'Be brief.', 'Hello'
    }

    It 'is what the error says to run, and a smaller max_tokens where that is enough' {
        Start-TestService -Fault @{ Code = 'context_length_exceeded'; Message = "This model's maximum context length is 4097 tokens. However, you requested 4256 tokens (2256 in the messages, 2000 in the completion)." }
        $null = Invoke-ApiChat 'Hello' -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].Exception.NextCommand | Should -BeExactly 'Invoke-ApiChat -Request $Error[0].Exception.Request -MaxTokens 1841'
        Stop-ApiSimulator
        Start-TestService -Fault @{ Code = 'context_length_exceeded'; Times = 2 }
        $null = Invoke-ApiChat 'Hello' -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].Exception.NextCommand | Should -BeExactly 'Invoke-ApiChat -Request $Error[0].Exception.Request -FitContext DropOldest'
        $null = Invoke-ApiChat 'Hello' -FitContext DropOldest -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].Exception.NextCommand | Should -BeExactly '$Error[0] | Measure-ApiTokens'
    }

    It 'knows an input by what came in: a journal has its answer with and without the switch' {
        Start-TestService -Option $models
        $journal = Join-Path $TestDrive 'fit.journal'
        $request = New-Conversation -Words 9000
        $null = Invoke-ApiChat -Request $request -FitContext DropOldest -Journal $journal -WarningAction Ignore
        $again = Invoke-ApiChat -Request $request -Journal $journal -SkipRequestValidation -WarningAction Ignore
        $again.Content | Should -BeLike 'You asked: "Hello"*'
        @(Get-ApiSimulatorRequest).Count | Should -Be 1
    }

    It 'sends an input again that a journal has as too long' {
        Start-TestService -Option $models
        $journal = Join-Path $TestDrive 'long.journal'
        $request = New-Conversation 'sim-small' 200
        $null = Invoke-ApiChat -Request $request -Journal $journal -ErrorAction SilentlyContinue -WarningAction Ignore
        $null = Invoke-ApiChat -Request $request -Journal $journal -ErrorAction SilentlyContinue -WarningAction Ignore -ErrorVariable failed
        $failed[0].Exception.FromJournal | Should -BeTrue
        $answer = Invoke-ApiChat -Request $request -Journal $journal -FitContext DropOldest -WarningAction Ignore
        $answer.Content | Should -BeLike 'You asked: "Hello"*'
    }
}
