BeforeDiscovery {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    $codes = Get-ApiErrorCode | Where-Object IsDocumented | ForEach-Object { @{ Code = $_.Code; Status = $_.Status } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Send-Chat.ps1"
}

Describe 'Start-ApiSimulator' {
    AfterEach {
        Stop-ApiSimulator -ErrorAction Ignore
    }

    It 'writes nothing, and the simulator with -PassThru' {
        Start-ApiSimulator | Should -BeNullOrEmpty
        Stop-ApiSimulator
        $simulator = Start-ApiSimulator -PassThru
        $simulator | Should -BeOfType ApiTools.ApiSimulator
        $simulator.BaseUri | Should -Be "http://127.0.0.1:$($simulator.Port)/v1"
        $simulator.Models | Should -Be 'gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-5-mini', 'o4-mini', 'sim-small'
    }

    It 'answers Invoke-RestMethod, at localhost too' {
        $simulator = Start-ApiSimulator -PassThru
        $headers = @{ Authorization = "Bearer $($simulator.ApiKey)" }
        (Invoke-RestMethod "http://localhost:$($simulator.Port)/v1/models" -Headers $headers).data.id | Should -Be $simulator.Models
        $answer = (Send-Chat $simulator 'Hello PowerShell').Content | ConvertFrom-Json
        $answer.choices[0].message.content | Should -BeLike 'You asked: "Hello PowerShell"*'
        $answer.usage.prompt_tokens | Should -Be 4
        $simulator.RequestCount | Should -Be 2
    }

    It 'answers Invoke-WebRequest with errors as they are' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        $simulator = Start-ApiSimulator -PassThru
        $answer = Invoke-WebRequest "$($simulator.BaseUri)/models" -SkipHttpErrorCheck
        $answer.StatusCode | Should -Be 401
        $answer.Headers['x-request-id'] | Should -Be 'req_sim_000001'
        ($answer.Content | ConvertFrom-Json).error.code | Should -Be 'invalid_api_key'
    }

    It 'offers the models that are named' {
        $simulator = Start-ApiSimulator -Model my-model, other, my-model -PassThru
        $simulator.Models | Should -Be 'my-model', 'other'
        (Send-Chat $simulator -Model my-model).StatusCode | Should -Be 200
        (Send-Chat $simulator -Model gpt-4o).Content | Should -BeLike '*"code":"model_not_supported"*'
    }

    It 'answers <Code> with <Status> by a rule' -ForEach $codes {
        $simulator = Start-ApiSimulator -Fault $Code -PassThru
        $answer = Send-Chat $simulator
        $answer.StatusCode | Should -Be $Status
        ($answer.Content | ConvertFrom-Json).error.code | Should -Be $Code
        (Send-Chat $simulator).StatusCode | Should -Be 200
        (Get-ApiSimulatorRequest)[0].Fault | Should -Be $Code
    }

    It 'knows keys that are expired, revoked and unknown' {
        $simulator = Start-ApiSimulator -PassThru
        foreach ($pair in ($simulator.ExpiredApiKey, 'expired_api_key'), ($simulator.RevokedApiKey, 'revoked_api_key'), ('another', 'invalid_api_key')) {
            $answer = Send-Chat $simulator -Key $pair[0]
            $answer.StatusCode | Should -Be 401
            ($answer.Content | ConvertFrom-Json).error.code | Should -Be $pair[1]
        }
    }

    It 'takes a rule as <Name>' -ForEach @(
        @{ Name = 'a hashtable'; Rule = @{ Code = 'rate_limit_exceeded'; Times = 2; RetryAfter = 1 } }
        @{ Name = 'an ordered hashtable'; Rule = [ordered]@{ code = 'rate_limit_exceeded'; times = '2'; retryafter = 1 } }
        @{ Name = 'an object'; Rule = [pscustomobject]@{ Code = 'rate_limit_exceeded'; Times = 2; RetryAfter = 1; Prompt = $null } }
        @{ Name = 'a SimulatorFault'; Rule = [ApiTools.SimulatorFault]@{ Code = 'rate_limit_exceeded'; Times = 2; RetryAfter = 1 } }
    ) {
        $simulator = Start-ApiSimulator -Fault $Rule -PassThru
        $answers = 1..3 | ForEach-Object { Send-Chat $simulator }
        $answers.StatusCode | Should -Be 429, 429, 200
        $answers[0].RetryAfter | Should -Be '1'
    }

    It 'takes kinds by name, and with a code' {
        $simulator = Start-ApiSimulator -Fault Html, @{ Kind = 'Empty'; Code = 'service_unavailable' }, Close -PassThru
        (Send-Chat $simulator).Content | Should -BeLike '<html>*'
        $empty = Send-Chat $simulator
        $empty.StatusCode | Should -Be 503
        $empty.Content | Should -BeNullOrEmpty
        { Send-Chat $simulator } | Should -Throw
    }

    It 'refuses the rule <Rule> and says why' -ForEach @(
        @{ Rule = 'rate_limit'; Like = "The simulator knows no fault 'rate_limit'. It knows invalid_api_key, *, Huge." }
        @{ Rule = 'no_connection'; Like = "The simulator knows no fault 'no_connection'.*" }
        @{ Rule = '3'; Like = "The simulator knows no fault '3'.*" }
        @{ Rule = @{ Cod = 'x' }; Like = "A fault has no 'Cod'. It has Code, Kind, Status, Times, *." }
        @{ Rule = @{ Code = 'internal_error'; Times = 'often' }; Like = "A fault's Times cannot be 'often': it has to be a whole number." }
        @{ Rule = @{ Code = 'internal_error'; Times = 0 }; Like = "A fault's Times cannot be 0: it has to be 1 or more, or -1 for every time." }
        @{ Rule = @{ Kind = 'Explode' }; Like = "A fault's Kind cannot be 'Explode': it has to be one of Close, *, Huge." }
        @{ Rule = @{ Times = 1 }; Like = 'A fault needs a Code, a Status or a Kind. *' }
        @{ Rule = @{ Kind = 3 }; Like = "A fault's Kind cannot be '3': it has to be one of Close, *, Huge." }
        @{ Rule = @{ Kind = '3' }; Like = "A fault's Kind cannot be '3': it has to be one of Close, *, Huge." }
        @{ Rule = @{ Kind = 'Close, Stall' }; Like = "A fault's Kind cannot be 'Close, Stall': it has to be one of Close, *, Huge." }
        @{ Rule = 'Close, Stall'; Like = "The simulator knows no fault 'Close, Stall'.*" }
        @{ Rule = @{ Code = 429 }; Like = "The simulator knows no fault '429'.*" }
        @{ Rule = @{ Status = 'forbidden' }; Like = "A fault's Status cannot be 'forbidden': it has to be a whole number." }
        @{ Rule = @{ Status = 200 }; Like = "A fault's Status cannot be 200: it has to be 400 to 599." }
        @{ Rule = @{ Code = 'internal_error'; Times = 1.5 }; Like = "A fault's Times cannot be '1.5': it has to be a whole number." }
        @{ Rule = @{ Kind = 'Close'; AtByte = $true }; Like = "A fault's AtByte cannot be 'True': it has to be a whole number." }
        @{ Rule = @{ Kind = 'Close'; AtByte = -1 }; Like = "A fault's AtByte cannot be -1: it has to be 0 or more bytes." }
        @{ Rule = @{ Code = 'internal_error'; Path = 'v1/models' }; Like = "A fault's Path cannot be 'v1/models': it has to be like a path, which begins with a slash, or it would never match." }
        @{ Rule = @{ Code = 'internal_error'; Prompt = '[2-' }; Like = "A fault's Prompt cannot be '``[2-': it has to be a pattern: *" }
        @{ Rule = 42; Like = 'A fault is a name, a hashtable or a SimulatorFault, not an object of type Int32.' }
    ) {
        $failure = { Start-ApiSimulator -Fault $Rule } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Be 'invalid_value,ApiTools.Cmdlets.StartApiSimulatorCommand'
        $failure.CategoryInfo.Category | Should -Be InvalidArgument
        $failure.TargetObject | Should -Be $Rule
        $failure.Exception.Message | Should -BeLike $Like
        $failure.ErrorDetails.Message | Should -BeLike "$Like (invalid_value)*"
        $failure.ErrorDetails.RecommendedAction | Should -Be 'Check parameter format and range. Run: Get-Help Start-ApiSimulator -Parameter Fault'
        Get-ApiSimulatorRequest -ErrorAction SilentlyContinue -ErrorVariable none
        $none.Exception.Code | Should -Be 'simulator_not_running'
    }

    It 'answers a status alone with an error without a code' {
        $simulator = Start-ApiSimulator -Fault @{ Status = 403 } -PassThru
        $answer = Send-Chat $simulator
        $answer.StatusCode | Should -Be 403
        $answer.Content | Should -BeExactly '{"error":{"message":"Permission denied, as the simulator was asked to answer.","type":"permission_error","code":null,"param":null}}'
        (Get-ApiSimulatorRequest).Fault | Should -BeExactly '403'
    }

    It 'limits the requests and the tokens of a window' {
        $simulator = Start-ApiSimulator -RequestLimit 2 -LimitWindowSec 3600 -PassThru
        $answers = 1..3 | ForEach-Object { Send-Chat $simulator }
        $answers.StatusCode | Should -Be 200, 200, 429
        $answers[2].RetryAfter | Should -BeIn '3599', '3600'
        ($answers[2].Content | ConvertFrom-Json).error.code | Should -Be 'rate_limit_exceeded'
        Stop-ApiSimulator
        (Send-Chat (Start-ApiSimulator -TokenLimit 5 -PassThru)).Content | Should -BeLike '*Request too large for gpt-4o on tokens per min (TPM): Limit 5, Requested *'
    }

    It 'limits the chats under way' {
        $simulator = Start-ApiSimulator -ConcurrencyLimit 1 -Fault @{ Kind = 'Stall'; Prompt = 'stay' } -PassThru
        $socket = [Net.Sockets.TcpClient]::new('127.0.0.1', $simulator.Port)
        try {
            $body = '{"model":"gpt-4o","messages":[{"role":"user","content":"stay"}]}'
            $bytes = [Text.Encoding]::ASCII.GetBytes("POST /v1/chat/completions HTTP/1.1`r`nHost: x`r`nAuthorization: Bearer $($simulator.ApiKey)`r`nContent-Length: $($body.Length)`r`n`r`n$body")
            $socket.GetStream().Write($bytes, 0, $bytes.Length)
            while ($simulator.RequestCount -eq 0 -or -not (Get-ApiSimulatorRequest)) { [Threading.Thread]::Yield() }
            $answer = Send-Chat $simulator
            $answer.StatusCode | Should -Be 429
            ($answer.Content | ConvertFrom-Json).error.code | Should -Be 'concurrent_limit_exceeded'
        }
        finally {
            $socket.Dispose()
        }
    }

    It 'refuses <Name> <Value>' -ForEach @(
        @{ Name = 'ConcurrencyLimit'; Value = 0 }
        @{ Name = 'RequestLimit'; Value = 0 }
        @{ Name = 'TokenLimit'; Value = -1 }
        @{ Name = 'LimitWindowSec'; Value = 0 }
    ) {
        $option = @{ $Name = $Value }
        { Start-ApiSimulator @option } | Should -Throw -ErrorId 'ParameterArgumentValidationError,ApiTools.Cmdlets.StartApiSimulatorCommand'
    }

    It 'refuses a second start, and the first goes on' {
        $simulator = Start-ApiSimulator -PassThru
        $second = Start-ApiSimulator -PassThru -ErrorAction SilentlyContinue -ErrorVariable failure
        $second | Should -BeNullOrEmpty
        $failure.Count | Should -Be 1
        $failure[0].Exception | Should -BeOfType ApiTools.ApiSimulatorException
        $failure[0].FullyQualifiedErrorId | Should -Be 'simulator_running,ApiTools.Cmdlets.StartApiSimulatorCommand'
        $failure[0].CategoryInfo.Category | Should -Be ResourceExists
        $failure[0].TargetObject | Should -Be 0
        $failure[0].ErrorDetails.Message | Should -BeLike "A simulator runs already in this process, at $($simulator.BaseUri). (simulator_running)*"
        $failure[0].ErrorDetails.RecommendedAction | Should -Be 'Use it, or stop it first. Run: Stop-ApiSimulator'
        (Send-Chat $simulator).StatusCode | Should -Be 200
    }

    It 'refuses a port that is taken' {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        try {
            $port = $listener.LocalEndpoint.Port
            Start-ApiSimulator -Port $port -ErrorAction SilentlyContinue -ErrorVariable failure
        }
        finally {
            $listener.Stop()
        }
        $failure[0].FullyQualifiedErrorId | Should -Be 'port_in_use,ApiTools.Cmdlets.StartApiSimulatorCommand'
        $failure[0].CategoryInfo.Category | Should -Be ResourceBusy
        $failure[0].TargetObject | Should -Be $port
        $failure[0].ErrorDetails.Message | Should -BeLike "The simulator cannot listen on port ${port}: *(port_in_use)*"
        $failure[0].ErrorDetails.RecommendedAction | Should -Be 'Use another port, or none for a free one. Run: Start-ApiSimulator'
        (Start-ApiSimulator -Port $port -PassThru).Port | Should -Be $port
    }

    It 'completes codes and kinds for -Fault' {
        (TabExpansion2 'Start-ApiSimulator -Fault rate' 30).CompletionMatches.CompletionText | Should -Be 'rate_limit_exceeded'
        (TabExpansion2 'Start-ApiSimulator -Fault internal_error, St' 44).CompletionMatches.CompletionText | Should -Be 'Stall', 'StreamError'
    }
}

Describe 'Start-ApiSimulator -Answer' {
    BeforeAll {
        function Get-Message($Simulator, $Prompt = 'Hi') { ((Send-Chat $Simulator $Prompt).Content | ConvertFrom-Json).choices[0] }
    }

    AfterEach {
        Stop-ApiSimulator -ErrorAction Ignore
    }

    It 'takes texts, hashtables, objects and the API''s own shape, and gives each once, in order' {
        $script = @(
            'First.'
            @{ Content = @{ items = @(1, 2) } }
            [pscustomobject] @{ content = $null; tool_calls = @(@{ id = 'a'; type = 'function'; function = @{ name = 'x'; arguments = '{' } }); finish_reason = 'tool_calls' }
            @{ ToolCalls = @{ Name = 'y'; Arguments = @{ n = 1 } }, 'z' }
            @{ Refusal = 'No.'; FinishReason = 'stop' }
        )
        $simulator = Start-ApiSimulator -Answer $script -PassThru
        (Get-Message $simulator).message.content | Should -BeExactly 'First.'
        (Get-Message $simulator).message.content | Should -BeExactly '{"items":[1,2]}'
        $call = Get-Message $simulator
        $call.message.tool_calls[0].id, $call.message.tool_calls[0].function.name, $call.message.tool_calls[0].function.arguments | Should -BeExactly 'a', 'x', '{'
        $two = Get-Message $simulator
        $two.finish_reason | Should -BeExactly 'tool_calls'
        $two.message.tool_calls.function.name | Should -BeExactly 'y', 'z'
        $two.message.tool_calls.function.arguments | Should -BeExactly '{"n":1}', '{}'
        (Get-Message $simulator).message.refusal | Should -BeExactly 'No.'
        (Get-Message $simulator).message.content | Should -BeLike 'You asked*'
    }

    It 'takes completions as they came' {
        Start-ApiSimulator -Answer @{ ToolCalls = @{ Id = 'mine'; Name = 'x'; Arguments = 'no JSON' } }, @{ Content = 'Half'; FinishReason = 'length' }
        Connect-ApiService -Simulator
        $completions = 1..2 | ForEach-Object { Invoke-ApiChat 'Hi' -WarningAction Ignore }
        Stop-ApiSimulator
        Start-ApiSimulator -Answer $completions
        Connect-ApiService -Simulator
        $again = 1..2 | ForEach-Object { Invoke-ApiChat 'Hi' -Stream -WarningAction Ignore }
        $again[0].ToolCalls.Id, "$($again[0].ToolCalls)", $again[0].FinishReason | Should -BeExactly 'mine', 'x(no JSON)', 'tool_calls'
        $again[1].Content, $again[1].FinishReason | Should -BeExactly 'Half', 'length'
        Disconnect-ApiService
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'nothing'; Answer = @{ Times = 2 }; Message = 'An answer needs a Content, a Refusal, ToolCalls or a FinishReason.' }
        @{ Name = 'a number'; Answer = 5; Message = 'An answer is a text, a hashtable, a completion or a SimulatorAnswer, not an object of type Int32.' }
        @{ Name = 'a key that it does not know'; Answer = @{ Contents = 'x' }; Message = "An answer has no 'Contents'. It has Content, Refusal, ToolCalls, FinishReason, Times, After, Prompt, Model." }
        @{ Name = 'a call that names nothing'; Answer = @{ ToolCalls = @{ Arguments = '{}' } }; Message = "An answer's ToolCalls cannot be without a Name: it has to be calls that each name a tool." }
        @{ Name = 'a key of a call that it does not know'; Answer = @{ ToolCalls = @{ Nam = 'x' } }; Message = "A tool call has no 'Nam'. It has Id, Name, Arguments." }
        @{ Name = 'no times'; Answer = @{ Content = 'x'; Times = 0 }; Message = "An answer's Times cannot be 0: it has to be 1 or more, or -1 for every time." }
        @{ Name = 'half a time'; Answer = @{ Content = 'x'; Times = 1.5 }; Message = "An answer's Times cannot be '1.5': it has to be a whole number." }
        @{ Name = 'a pattern that is none'; Answer = @{ Content = 'x'; Prompt = '[' }; Message = "An answer's Prompt cannot be '``['``: it has to be a pattern*" }
    ) {
        $failure = { Start-ApiSimulator -Answer @(, $Answer) } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.StartApiSimulatorCommand'
        $failure.CategoryInfo.Category | Should -Be InvalidArgument
        $failure.Exception.Message | Should -BeLike $Message.Replace('``', '`')
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Run: Get-Help Start-ApiSimulator -Parameter Answer'
        { Stop-ApiSimulator -ErrorAction Stop } | Should -Throw
    }
}
