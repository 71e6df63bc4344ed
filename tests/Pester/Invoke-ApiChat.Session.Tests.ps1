BeforeDiscovery {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
}

BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"

    # The messages of the last request that the simulator saw.
    function Get-LastMessage { ((Get-ApiSimulatorRequest -Last 1).Body | ConvertFrom-Json).messages }
    function Get-Role { (Get-LastMessage).role -join ' ' }
}

Describe 'A session' {
    AfterEach {
        Disconnect-ApiService -ErrorAction Ignore
        Stop-ApiSimulator -ErrorAction Ignore
    }

    It 'is begun by -SessionVariable, and goes on with -Session: the history goes along' {
        Start-TestService
        $first = Invoke-ApiChat 'What is a token?' -System 'Be brief.' -SessionVariable chat
        $chat | Should -BeOfType ApiTools.ApiChatSession
        $chat.Turns, $chat.Calls, $chat.Model | Should -Be 1, 1, 'gpt-4o'
        $chat.Messages.Role | Should -Be system, user, assistant
        $chat.Messages[2].Content | Should -BeExactly $first.Content
        $null = Invoke-ApiChat 'And a chunk?' -Session $chat
        (Get-LastMessage).content | Should -BeExactly 'Be brief.', 'What is a token?', $first.Content, 'And a chunk?'
        $chat.Turns, $chat.Messages.Count, $chat.Calls | Should -Be 2, 5, 2
    }

    It 'sums what its calls cost' {
        Start-TestService
        $one = Invoke-ApiChat 'One' -SessionVariable chat
        $two = Invoke-ApiChat 'Two' -Session $chat
        $chat.Usage.TotalTokens | Should -Be ($one.Usage.TotalTokens + $two.Usage.TotalTokens)
        $chat.Usage.PromptTokens | Should -Be ($one.Usage.PromptTokens + $two.Usage.PromptTokens)
    }

    It 'stays as it was where a call fails, and the variable is there even so' {
        Start-TestService @{ Code = 'invalid_value'; Prompt = '*fail*'; Times = -1 }
        Invoke-ApiChat 'fail' -SessionVariable chat -System 'Kept nowhere' -ErrorAction SilentlyContinue
        $chat.Messages | Should -BeNullOrEmpty
        $chat.Model, $chat.Calls | Should -Be $null, 0
        $null = Invoke-ApiChat 'One' -Session $chat
        $before = $chat | ConvertTo-Json -Depth 5
        Invoke-ApiChat 'fail' -Session $chat -System 'New' -Model gpt-4o-mini -ErrorAction SilentlyContinue
        { Invoke-ApiChat 'Hi' -Session $chat -Temperature 9 -ErrorAction Stop } | Should -Throw
        { Invoke-ApiChat '' -Session $chat -ErrorAction Stop } | Should -Throw
        Invoke-ApiChat 'not sent' -Session $chat -WhatIf
        $chat | ConvertTo-Json -Depth 5 | Should -BeExactly $before
    }

    It 'stays as it was where a call is cancelled, and goes on' {
        Start-TestService @{ Kind = 'Stall'; Prompt = '*wait*'; Times = -1 }
        $null = Invoke-ApiChat 'One' -SessionVariable chat
        $shell = [powershell]::Create()
        $null = $shell.AddScript("param(`$chat) Import-Module '$PSScriptRoot/../../out/ApiTools'; Invoke-ApiChat wait -Session `$chat").AddArgument($chat)
        $call = $shell.BeginInvoke()
        while ((Get-ApiSimulatorRequest -Last 1).Prompt -ne 'wait') { [Threading.Thread]::Yield() }
        # One call at a time: a second one, and a change, meet a typed error.
        Invoke-ApiChat 'Two' -Session $chat -ErrorAction SilentlyContinue -ErrorVariable failed
        Assert-Failure $failed[0] session_in_use ResourceBusy 'Two' 'The session is in use: a call over it is under way, and a session takes one at a time. (session_in_use)' 'Let it end first, or branch the session. Run: $branch = $session.Clone()'
        $failed[0].Exception | Should -BeOfType ApiTools.ApiSessionException
        { try { $chat.Undo() } catch [ApiTools.ApiSessionException] { throw 'caught' } } | Should -Throw 'caught'
        { $chat.SystemMessage = 'x' } | Should -Throw '*under way*'
        $chat.Clone().Turns | Should -Be 1
        $shell.Stop()
        { $shell.EndInvoke($call) } | Should -Throw
        $chat.Turns | Should -Be 1
        $null = Invoke-ApiChat 'Two' -Session $chat
        $chat.Turns | Should -Be 2
        $shell.Dispose()
    }

    It 'takes several prompts of the pipeline one after another, each with all before it' {
        Start-TestService -Option @{ LatencyMs = 20 }
        $answers = 'One', 'Two', 'Three' | Invoke-ApiChat -SessionVariable chat -ThrottleLimit 5
        $answers.Input | Should -BeExactly 'One', 'Two', 'Three'
        (Get-LastMessage).content | Should -BeExactly 'One', $answers[0].Content, 'Two', $answers[1].Content, 'Three'
        $chat.Turns | Should -Be 3
    }

    It 'takes prompts that come slowly too: each goes on from the answer before' {
        function Get-Count { [int] (Get-ApiUsage | Measure-Object Calls -Sum).Sum }
        Start-TestService
        $before = Get-Count
        # The next prompt comes when the answer is there.
        1..3 | ForEach-Object {
            "Part $_"
            while ((Get-Count) - $before -lt $_) { Start-Sleep -Milliseconds 1 }
        } | Invoke-ApiChat -SessionVariable chat -ErrorVariable failed | Out-Null
        $failed | Should -BeNullOrEmpty
        $chat.Turns | Should -Be 3
    }

    It 'goes on after an input of the pipeline that fails, without it' {
        Start-TestService @{ Code = 'invalid_value'; Prompt = 'Two'; Times = -1 }
        $null = 'One', 'Two', 'Three' | Invoke-ApiChat -SessionVariable chat -ErrorAction SilentlyContinue
        ($chat.Messages | Where-Object Role -EQ user).Content | Should -BeExactly 'One', 'Three'
    }

    It 'can be used further down the same pipeline' {
        Start-TestService
        $chat = [ApiTools.ApiChatSession]::new()
        $null = 'One', 'Two' | Invoke-ApiChat -Session $chat | ForEach-Object { Invoke-ApiChat "Why: $($_.Input)?" -Session $chat }
        ($chat.Messages | Where-Object Role -EQ user).Content | Should -BeExactly 'One', 'Why: One?', 'Two', 'Why: Two?'
    }

    It 'streams, as chunks too' {
        Start-TestService
        $null = Invoke-ApiChat 'One' -SessionVariable chat -Stream 6> $null
        $chunks = Invoke-ApiChat 'Two' -Session $chat -AsChunk
        $chat.Turns | Should -Be 2
        $chat.Messages[-1].Content | Should -BeExactly (-join $chunks.Content)
    }

    It 'asks the model that was asked last' {
        Start-TestService
        $null = Invoke-ApiChat 'One' -SessionVariable chat -Model gpt-4o-mini
        $null = Invoke-ApiChat 'Two' -Session $chat
        (Get-ApiSimulatorRequest).Model | Should -Be 'gpt-4o-mini', 'gpt-4o-mini'
        $null = Invoke-ApiChat 'Three' -Session $chat -Model gpt-4.1
        $chat.Model | Should -BeExactly gpt-4.1
    }

    It 'has its system message changed midway, by -System and by its property' {
        Start-TestService
        $null = Invoke-ApiChat 'One' -SessionVariable chat
        $null = Invoke-ApiChat 'Two' -Session $chat -System 'Be brief.'
        Get-Role | Should -BeExactly 'system user assistant user'
        $null = Invoke-ApiChat 'Three' -Session $chat -System 'Be long.'
        $chat.SystemMessage | Should -BeExactly 'Be long.'
        (Get-LastMessage)[0].content | Should -BeExactly 'Be long.'
        $chat.SystemMessage = 'Be kind.'
        $null = Invoke-ApiChat 'Four' -Session $chat
        Get-Role | Should -BeExactly 'system user assistant user assistant user assistant user'
        (Get-LastMessage)[0].content | Should -BeExactly 'Be kind.'
        $chat.SystemMessage = $null
        $chat.Messages[0].Role | Should -BeExactly user
    }

    It 'takes back its last turn, with its tool calls and their answers' {
        Start-TestService
        $tools = @{ tools = @(@{ type = 'function'; function = @{ name = 'get_time' } }) }
        $null = Invoke-ApiChat 'One' -SessionVariable chat -System 'S'
        $calls = Invoke-ApiChat 'call get_time' -Session $chat -Property $tools
        $answer = Invoke-ApiChat -Session $chat -Message @{ role = 'tool'; tool_call_id = $calls.ToolCalls[0].Id; content = '12:00' } -Property $tools
        $answer.Content | Should -BeLike 'The tools say: "12:00"*'
        $chat.Messages.Role | Should -BeExactly system, user, assistant, user, assistant, tool, assistant
        $chat.Messages[4].ToolCalls[0].Name, $chat.Messages[5].ToolCallId | Should -BeExactly 'get_time', $calls.ToolCalls[0].Id
        $chat.Turns, $chat.Calls | Should -Be 2, 3
        $chat.Undo()
        $chat.Messages.Role | Should -BeExactly system, user, assistant
        $chat.Undo()
        $chat.Undo()
        $chat.Messages.Role | Should -BeExactly system
        $chat.Calls | Should -Be 3
    }

    It 'says which calls of tools wait to be answered, before anything is sent' {
        Start-TestService
        $tools = @{ tools = @(@{ type = 'function'; function = @{ name = 'get_time' } }) }
        $null = Invoke-ApiChat 'call get_time' -SessionVariable chat -Property $tools
        { Invoke-ApiChat 'Two' -Session $chat -ErrorAction Stop } | Should -Throw '*Missing: "call_sim_000001_1"*'
        (Get-ApiSimulatorRequest).Count | Should -Be 1
    }

    It 'has branches that go their own ways' {
        Start-TestService
        $null = Invoke-ApiChat 'One' -SessionVariable chat
        $branch = $chat.Clone()
        $null = Invoke-ApiChat 'Two' -Session $branch
        $null = Invoke-ApiChat 'Three' -Session $chat
        $branch.Messages[-2].Content, $chat.Messages[-2].Content | Should -BeExactly 'Two', 'Three'
        $branch.Model | Should -BeExactly gpt-4o
    }

    It 'says what goes before the prompts once' {
        Start-TestService
        $shots = @{ role = 'user'; content = '1+1' }, @{ role = 'assistant'; content = '2' }
        $null = '2+2', '3+3' | Invoke-ApiChat -SessionVariable chat -Message $shots
        $chat.Messages.Role -join ' ' | Should -BeExactly 'user assistant user assistant user assistant'
    }

    It 'keeps a refusal, and what tools a model called, as the API has them' {
        $calls = @{ Id = 'a'; Name = 'rm -rf /'; Arguments = '{' }
        Start-TestService -Option @{ Answer = @{ Refusal = 'No.' }, @{ ToolCalls = $calls } }
        $null = Invoke-ApiChat 'One' -SessionVariable chat
        $chat.Messages[1].Refusal, $chat.Messages[1].Content | Should -BeExactly 'No.', ''
        $completion = Invoke-ApiChat 'Two' -Session $chat
        $null = Invoke-ApiChat -Session $chat -Message @{ role = 'tool'; tool_call_id = 'a'; content = 'refused' }
        $sent = Get-LastMessage
        $sent[1].refusal, $sent[1].content | Should -BeExactly 'No.', $null
        # No service takes such a name: the next request has to be one all the same.
        $sent[3].tool_calls[0].function.name, $sent[3].tool_calls[0].function.arguments | Should -BeExactly 'rm_-rf__', '{'
        $completion.ToolCalls[0].Name | Should -BeExactly 'rm -rf /'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a session and a variable for one'; Argument = @{ Session = [ApiTools.ApiChatSession]::new(); SessionVariable = 'x' }; Message = '-Session goes on with a session, and -SessionVariable begins one: give one of them.'; Parameter = 'SessionVariable' }
        @{ Name = 'a journal'; Argument = @{ SessionVariable = 'x'; Journal = 'none.jsonl' }; Message = '-Journal is for inputs that stand for themselves, and in a session each goes on from the one before: export the session instead.'; Parameter = 'Journal' }
    ) {
        Start-TestService
        $failure = { Invoke-ApiChat 'One' @Argument } | Should -Throw -PassThru
        Assert-Failure $failure invalid_value InvalidArgument $null "$Message (invalid_value)" "Check parameter format and range. Run: Get-Help Invoke-ApiChat -Parameter $Parameter"
        Get-Variable x -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'is no part of requests that are whole' {
        Start-TestService
        { Invoke-ApiChat -Request @{} -Session ([ApiTools.ApiChatSession]::new()) } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }

    It 'of fifty turns in a window of 2,000 tokens never fails, and keeps everything' {
        Start-TestService -Option @{ Model = 'sim-2000' }
        Disconnect-ApiService
        Connect-ApiService -Simulator -Model sim-2000
        $null = Invoke-ApiChat "Turn 1: $('x' * 400)" -SessionVariable chat -System 'Remember.' -MaxTokens 300 -ErrorAction Stop
        $left = 0
        foreach ($turn in 2..50) {
            $answer = Invoke-ApiChat "Turn ${turn}: $('x' * 400)" -Session $chat -MaxTokens 300 -FitContext DropOldest -ErrorAction Stop -WarningAction SilentlyContinue -WarningVariable warned
            $answer.FinishReason | Should -BeExactly stop -Because "turn $turn"
            $left += [bool] ($warned -match 'left out')
            $sent = Get-LastMessage
            $sent[0].content | Should -BeExactly 'Remember.'
            $sent[1].role | Should -BeExactly user
            $sent[-1].content | Should -BeLike "Turn ${turn}: *"
        }
        $left | Should -BeGreaterThan 30
        $chat.Turns, $chat.Messages.Count | Should -Be 50, 101
        # The service says its window once; from then on no request is too long.
        (Get-ApiSimulatorRequest -Code context_length_exceeded).Count | Should -Be 1
    }
}

Describe 'The view of a session' {
    BeforeAll {
        Start-TestService -Option @{ Answer = @{ ToolCalls = @{ Id = 'a'; Name = 'get_time'; Arguments = '{"zone":"UTC"}' } }, "$([char]27)[31mred$([char]27)[0m", @{ Refusal = 'I will not.' } }
        $null = Invoke-ApiChat 'What time is it?' -SessionVariable chat -System 'Be brief.'
        $null = Invoke-ApiChat -Session $chat -Message @{ role = 'tool'; tool_call_id = 'a'; content = '12:00' }
        $null = Invoke-ApiChat "A long question. $('word ' * 60)" -Session $chat
    }

    AfterAll {
        Disconnect-ApiService
        Stop-ApiSimulator
    }

    It 'shows who speaks and what is said, in <Width> columns' -ForEach @{ Width = 80 }, @{ Width = 200 } {
        $lines = ([ApiTools.Display]::Conversation($chat, $Width) -join "`n") -split "`n"
        $lines | Where-Object { $_.Length -gt $Width } | Should -BeNullOrEmpty
        $lines[0] | Should -Match '^\[gpt-4o, 2 turns, 7 messages, [\d,]+ \+ [\d,]+ tokens\]$'
        ($lines | Select-Object -Skip 1 -First 11) -join '|' | Should -BeExactly 'system|  Be brief.|user|  What time is it?|assistant|  Tool call: get_time({"zone":"UTC"})|tool a|  12:00|assistant|  ␛[31mred␛[0m|user'
        $lines[-1] | Should -BeExactly '  Refused: I will not.'
    }

    It 'is what the host shows, with roles in colours where there are any' {
        $text = $chat | Out-String -Width 80
        $plain = $text -replace '\e\[[0-9;]*m'
        $plain | Should -Match '(?m)^user\r?$'
        $plain | Should -Match '␛\[31mred'
        [ApiTools.Display]::Conversation($chat, 80, @('<s>', '<u>', '<a>', '<t>', '</>'))[1, 3, 5, 7] | Should -BeExactly '<s>system</>', '<u>user</>', '<a>assistant</>', '<t>tool a</>'
    }

    It 'as a table is a line' {
        $chat, $chat.Clone() | Format-Table | Out-String -Width 80 -Stream | Where-Object { $_ -match '^gpt-4o +2 +7 ' } | Should -HaveCount 2
    }

    It 'has the same properties each time as JSON' {
        $json = $chat | ConvertTo-Json -Depth 5 | ConvertFrom-Json
        $json.psobject.Properties.Name | Should -BeExactly Model, SystemMessage, Turns, Calls, Usage, Messages
        $json.Messages[0].psobject.Properties.Name | Should -BeExactly Role, Content, Name, Refusal, ToolCalls, ToolCallId, Attachments
    }
}
