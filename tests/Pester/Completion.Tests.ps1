[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidGlobalVars', '', Justification = 'Completion looks where the prompt does.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '', Justification = 'A tool has parameters; nothing uses them.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'Completion finds the variables.')]
param()

# What Tab gives, of each parameter of each cmdlet that has something to choose from.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/../../out/ApiTools"

    # A row: what is typed, what is offered, and of the first of them the tooltip (wildcards). A list that ends in ... may go on.
    $rows = @(
        # Connections and models
        @{ Typed = 'Invoke-ApiChat -Connection '; Offered = 'Default', "'my work'"; Tip = 'http://127.0.0.1:*/v1, model gpt-4o' }
        @{ Typed = 'Invoke-ApiChat -Connection MY'; Offered = , "'my work'" }
        @{ Typed = 'Get-ApiModel -Connection D'; Offered = , 'Default' }
        @{ Typed = 'Measure-ApiTokens x -Connection D'; Offered = , 'Default' }
        @{ Typed = 'ConvertTo-ApiToken x -Connection D'; Offered = , 'Default' }
        @{ Typed = 'Get-ApiUsage -Connection D'; Offered = , 'Default' }
        @{ Typed = 'Disconnect-ApiService '; Offered = 'Default', "'my work'" }
        @{ Typed = 'Get-ApiConnection m'; Offered = , "'my work'" }
        @{ Typed = 'Connect-ApiService -Name m'; Offered = , "'my work'" }
        @{ Typed = 'Connect-ApiService https://api.o'; Offered = , 'https://api.openai.com/v1'; Tip = 'OpenAI' }
        @{ Typed = 'Connect-ApiService -BaseUri http://127'; Offered = , 'http://127.0.0.1:*/v1'; Tip = "The connection 'Default'" }
        @{ Typed = 'Connect-ApiService -Model gpt-4o-m'; Offered = , 'gpt-4o-mini'; Tip = '128,000 tokens of context, answers of up to 16,384; o200k_base' }
        @{ Typed = 'Connect-ApiService -Simulator -Model od'; Offered = , "'odd name'"; Tip = 'A model of the simulator' }
        @{ Typed = 'Invoke-ApiChat Hi -Model gpt'; Offered = , 'gpt-4o'; Tip = '128,000 tokens of context, answers of up to 16,384; o200k_base; at 127.0.0.1:*' }
        @{ Typed = 'Invoke-ApiChat Hi -Model sim'; Offered = , 'sim-small'; Tip = '128 tokens of context; at 127.0.0.1:*' }
        @{ Typed = "Invoke-ApiChat Hi -Connection 'my work' -Model gpt"; Offered = , 'gpt-4o' }
        @{ Typed = 'Invoke-ApiChat Hi -FallbackModel gpt-4o, sim'; Offered = , 'sim-small' }
        @{ Typed = 'Get-ApiModel sim'; Offered = , 'sim-small' }
        @{ Typed = 'Get-ApiLog -Model sim'; Offered = , 'sim-small' }
        @{ Typed = "Get-ApiUsage -Connection 'my work' -Model sim"; Offered = , 'sim-small' }
        @{ Typed = 'Measure-ApiTokens x -Model gpt-4.1-m'; Offered = , 'gpt-4.1-mini'; Tip = '1,047,576 tokens of context*' }
        @{ Typed = 'ConvertTo-ApiToken x -Model o4'; Offered = , 'o4-mini' }
        @{ Typed = 'ConvertFrom-ApiToken 1 -Model o4'; Offered = , 'o4-mini' }
        @{ Typed = 'Start-ApiSimulator -Model gpt-4o, sim'; Offered = , 'sim-small'; Tip = "The simulator's own, of 128 tokens*" }

        # Names that need quotes, and what may be typed of a name
        @{ Typed = 'Invoke-ApiChat Hi -Model odd'; Offered = , "'odd name'" }
        @{ Typed = 'Invoke-ApiChat Hi -Model "odd'; Offered = , '"odd name"' }
        @{ Typed = "Invoke-ApiChat Hi -Model 'odd"; Offered = , "'odd name'" }
        @{ Typed = 'Invoke-ApiChat Hi -Model it'; Offered = , "'it''s'" }
        @{ Typed = 'Invoke-ApiChat Hi -Model "evil'; Offered = , '"evil`$(x)"' }
        @{ Typed = 'Invoke-ApiChat Hi -Model NAME'; Offered = , "'odd name'" }
        @{ Typed = 'Invoke-ApiChat Hi -Model *4o'; Offered = , 'gpt-4o' }
        @{ Typed = 'Invoke-ApiChat Hi -Model s?m'; Offered = , 'sim-small' }
        @{ Typed = 'Invoke-ApiChat Hi -Model [z'; Offered = @() }
        @{ Typed = 'Invoke-ApiChat Hi -Model zzz'; Offered = @() }
        # A name that a terminal would execute.
        @{ Typed = 'Invoke-ApiChat Hi -Model clear'; Offered = @() }

        # Requests
        @{ Typed = 'Invoke-ApiChat Hi -Temperature '; Offered = '0', '2'; Tip = 'temperature: a number, 0 to 2' }
        @{ Typed = 'Invoke-ApiChat Hi -TopP '; Offered = '0', '1' }
        @{ Typed = 'Invoke-ApiChat Hi -PresencePenalty '; Offered = '-2', '2' }
        @{ Typed = 'Invoke-ApiChat Hi -FrequencyPenalty '; Offered = '-2', '2' }
        @{ Typed = 'Invoke-ApiChat Hi -ReasoningEffort m'; Offered = 'minimal', 'medium', 'max'; Tip = 'reasoning_effort: *' }
        @{ Typed = 'Invoke-ApiChat Hi -Property log'; Offered = '@{ logprobs = $true }', '@{ logit_bias = @{} }' }
        @{ Typed = 'Invoke-ApiChat Hi -Message '; Offered = "@{ role = 'system'; content = '' }", "@{ role = 'user'; content = '' }", "@{ role = 'assistant'; content = '' }", "@{ role = 'tool'; tool_call_id = ''; content = '' }", "@{ role = 'developer'; content = '' }"; Tip = 'What the model is, *' }
        @{ Typed = 'Measure-ApiTokens -Message us'; Offered = , "@{ role = 'user'; content = '' }"; Tip = 'What a person says' }
        @{ Typed = 'Invoke-ApiChat Hi -ImageDetail l'; Offered = , 'low' }
        @{ Typed = 'Invoke-ApiChat Hi -SchemaMode '; Offered = 'JsonObject', 'Loose', 'Prompt', 'Strict' }
        @{ Typed = 'Invoke-ApiChat Hi -FitContext '; Offered = 'DropOldest', 'LowerMaxTokens' }
        @{ Typed = 'Repair-ApiRequest x -FitContext D'; Offered = , 'DropOldest' }
        @{ Typed = 'Invoke-ApiChat Hi -Session '; Offered = , '$completionTalk'; Tip = 'gpt-4o, 1 turn, 2 messages' }
        @{ Typed = 'Export-ApiChatSession x -Session '; Offered = , '$completionTalk' }
        @{ Typed = 'Measure-ApiTokens x -Method '; Offered = 'Estimate', 'Exact' }
        @{ Typed = 'Measure-ApiTokens x -Encoding cl'; Offered = , 'cl100k_base'; Tip = 'gpt-4, gpt-3.5-turbo*' }
        @{ Typed = 'ConvertTo-ApiToken x -Encoding cl'; Offered = , 'cl100k_base' }
        @{ Typed = 'ConvertFrom-ApiToken 1 -Encoding cl'; Offered = , 'cl100k_base' }

        # Tools
        @{ Typed = 'Invoke-ApiChat Hi -Tool Get-Completed'; Offered = , 'Get-CompletedWeather'; Tip = 'Tells the weather of a town.' }
        @{ Typed = 'Invoke-ApiChat Hi -Tool Get-CompletedWeather, Get-ChildI'; Offered = , 'Get-ChildItem' }
        @{ Typed = 'Invoke-ApiChat Hi -Tool Get-CompletedWeather -ToolChoice '; Offered = 'auto', 'none', 'required', 'Get-CompletedWeather'; Tip = 'The model calls tools where it finds them useful.' }

        # Errors
        @{ Typed = 'Get-ApiErrorCode rate'; Offered = , 'rate_limit_exceeded'; Tip = 'Rate limit exceeded. Lower request frequency, implement retry.' }
        @{ Typed = 'Get-ApiErrorCode *limit_ex'; Offered = 'rate_limit_exceeded', 'concurrent_limit_exceeded' }
        @{ Typed = 'Get-ApiErrorCode -Status 42'; Offered = , '429'; Tip = 'Rate limit exceeded' }
        @{ Typed = 'Get-ApiErrorCode -Category Quota'; Offered = , 'QuotaExceeded' }
        @{ Typed = 'Resolve-ApiError -Status 503'; Offered = , '503' }
        @{ Typed = 'Get-ApiLog -Code expired'; Offered = , 'expired_api_key' }
        @{ Typed = 'Get-ApiSimulatorRequest -Code expired'; Offered = , 'expired_api_key' }
        @{ Typed = 'Repair-ApiRequest x -Include inv'; Offered = 'invalid_api_key', 'invalid_value', '...' }
        @{ Typed = 'Repair-ApiRequest x -Exclude missing'; Offered = , 'missing_required_field' }
        @{ Typed = 'Export-ApiErrorReport -As '; Offered = 'Json', 'Markdown' }
        @{ Typed = 'Start-ApiSimulator -Fault internal_error, St'; Offered = 'Stall', 'StreamError'; Tip = 'Nothing more comes after AtByte bytes' }
        @{ Typed = 'Get-ApiJournal x -Status '; Offered = 'Answered', 'Failed' }

        # Files
        @{ Typed = 'Invoke-ApiChat Hi -Journal '; Offered = './job.jsonl', "'./my job.jsonl'", './sub' }
        @{ Typed = "Invoke-ApiChat Hi -Journal 'my"; Offered = , "'./my job.jsonl'" }
        @{ Typed = 'Invoke-ApiChat -Path j'; Offered = , './job.jsonl' }
        @{ Typed = 'Invoke-ApiChat -LiteralPath j'; Offered = , './job.jsonl' }
        @{ Typed = 'Invoke-ApiChat Hi -Schema t'; Offered = , './talk.json' }
        @{ Typed = 'Connect-ApiService -LogPath j'; Offered = , './job.jsonl' }
        @{ Typed = 'Get-ApiJournal '; Offered = './job.jsonl', "'./my job.jsonl'", './sub' }
        @{ Typed = 'Get-ApiJournal -LiteralPath j'; Offered = , './job.jsonl' }
        @{ Typed = 'Get-ApiLog j'; Offered = , './job.jsonl' }
        @{ Typed = 'Get-ApiLog -LiteralPath j'; Offered = , './job.jsonl' }
        @{ Typed = 'Get-ApiUsage -Path j'; Offered = , './job.jsonl' }
        @{ Typed = 'Get-ApiUsage -LiteralPath j'; Offered = , './job.jsonl' }
        @{ Typed = 'Import-ApiChatSession '; Offered = './sub', './talk.json' }
        @{ Typed = 'Import-ApiChatSession -LiteralPath t'; Offered = , './talk.json' }
        @{ Typed = 'Export-ApiChatSession t'; Offered = , './talk.json' }
        @{ Typed = 'Export-ApiChatSession -LiteralPath t'; Offered = , './talk.json' }
        # Where no file is of the kind, all are offered: one may be called as one likes.
        @{ Typed = 'Invoke-ApiChat Hi -Journal n'; Offered = , './notes.txt' }
        # Requests and texts are in files of any name: PowerShell's own completion.
        @{ Typed = 'Test-ApiRequest -Path n'; Offered = , './notes.txt' }
        @{ Typed = 'Test-ApiRequest -LiteralPath n'; Offered = , './notes.txt' }
        @{ Typed = 'Repair-ApiRequest -Path n'; Offered = , './notes.txt' }
        @{ Typed = 'Repair-ApiRequest -LiteralPath n'; Offered = , './notes.txt' }
        @{ Typed = 'Resolve-ApiError -Path n'; Offered = , './notes.txt' }
        @{ Typed = 'Resolve-ApiError -LiteralPath n'; Offered = , './notes.txt' }
        @{ Typed = 'Measure-ApiTokens -Path n'; Offered = , './notes.txt' }
        @{ Typed = 'Measure-ApiTokens -LiteralPath n'; Offered = , './notes.txt' }
        @{ Typed = 'ConvertTo-ApiToken -Path n'; Offered = , './notes.txt' }
        @{ Typed = 'ConvertTo-ApiToken -LiteralPath n'; Offered = , './notes.txt' }
        @{ Typed = 'Export-ApiErrorReport -Path n'; Offered = , './notes.txt' }
        @{ Typed = 'Export-ApiErrorReport n'; Offered = , './notes.txt' }
        @{ Typed = 'Export-ApiErrorReport -LiteralPath n'; Offered = , './notes.txt' }
        @{ Typed = 'Invoke-ApiChat Hi -Attachment n'; Offered = , './notes.txt' }
    )

    # The parameters that have nothing to choose from, and why. A new parameter is either in the table above or here.
    $nothing = @{
        'a number, whose range is in its help'                     = 'Invoke-ApiChat MaxTokens Seed MaximumToolRound MaximumRetryCount RetryIntervalSec MaximumWaitSec MaximumTimeSec TimeoutSec OperationTimeoutSec ThrottleLimit DrainSec', 'Connect-ApiService LogMaximumSize', 'ConvertTo-ApiToken First Last', 'Get-ApiLog Tail', 'Get-ApiSimulatorRequest Last', 'Measure-ApiTokens MaxTokens', 'Start-ApiSimulator Port LatencyMs TokenDelayMs ConcurrencyLimit RequestLimit TokenLimit LimitWindowSec'
        'what one says or asks, in words'                          = 'Invoke-ApiChat Prompt System Stop SchemaName', 'ConvertFrom-ApiToken InputObject', 'ConvertTo-ApiToken InputObject', 'Measure-ApiTokens InputObject', 'Start-ApiSimulator Answer'
        'an object from the pipeline or a variable'                = 'Invoke-ApiChat InputObject Request', 'Test-ApiRequest InputObject', 'Repair-ApiRequest InputObject', 'Resolve-ApiError InputObject Body', 'Export-ApiErrorReport InputObject', 'Get-ApiUsage InputObject'
        'a name that is made up'                                   = 'Invoke-ApiChat SessionVariable KeyProperty'
        'a secret, which is not offered'                           = , 'Connect-ApiService ApiKey'
        'something that only the service, or the network, knows'   = 'Invoke-ApiChat Header', 'Resolve-ApiError Header', 'Connect-ApiService ApiVersion Proxy'
        'a time, an id or a price that only the person knows'      = 'Get-ApiLog Since Until RequestId', 'Get-ApiUsage Price'
    }
    $reasons = @{}
    foreach ($reason in $nothing.Keys) {
        foreach ($line in $nothing[$reason]) {
            $cmdlet, $names = -split $line
            foreach ($name in $names) { $reasons["$cmdlet -$name"] = $reason }
        }
    }
    $common = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
    $parameters = foreach ($command in Get-Command -Module ApiTools -CommandType Cmdlet) {
        foreach ($parameter in $command.Parameters.Values) {
            if ($parameter.Name -notin $common -and -not $parameter.SwitchParameter) {
                @{ Command = $command.Name; Parameter = $parameter.Name; Reason = $reasons["$($command.Name) -$($parameter.Name)"]; Typed = $rows.Typed }
            }
        }
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"

    function Get-Completion([string] $Typed, [int] $Column = $Typed.Length) {
        , @([Management.Automation.CommandCompletion]::CompleteInput($Typed, $Column, $null).CompletionMatches)
    }

    function global:Get-CompletedWeather {
        <#
        .SYNOPSIS
        Tells the weather of a town.
        #>
        param([string] $Town)
    }
}

AfterAll {
    Remove-Item function:Get-CompletedWeather
}

Describe 'Completion' {
    BeforeAll {
        $folder = (New-Item "$TestDrive/completion/sub" -ItemType Directory).Parent.FullName
        foreach ($name in 'job.jsonl', 'my job.jsonl', 'notes.txt', 'talk.json') { [IO.File]::WriteAllText("$folder/$name", '') }
        Push-Location $folder
        Start-ApiSimulator -Model gpt-4o, sim-small, 'odd name', "it's", 'evil$(x)', "clear$([char] 27)[2J"
        Connect-ApiService -Simulator -Test | Out-Null
        Connect-ApiService -Simulator -Name 'my work' -Test | Out-Null
        # Tab loads the list where Connect-ApiService has not.
        foreach ($connection in Get-ApiConnection) { Get-ApiModel -Connection $connection -Refresh | Out-Null }
        $null = Invoke-ApiChat Hi -SessionVariable global:completionTalk
        $before = (Get-ApiSimulatorRequest).Count
    }

    AfterAll {
        Pop-Location
        Disconnect-ApiService 'my work'
        Disconnect-ApiService
        Stop-ApiSimulator
        Remove-Variable completionTalk -Scope Global -ErrorAction Ignore
    }

    It 'of <Typed>' -ForEach $rows {
        $matched = Get-Completion $Typed
        $texts = @($matched | ForEach-Object { $_.CompletionText.Replace('.\', './') })
        if ($Offered.Count -and $Offered[-1] -eq '...') {
            $Offered = @($Offered | Select-Object -SkipLast 1)
            $texts = @($texts | Select-Object -First $Offered.Count)
        }
        $texts | Should -HaveCount $Offered.Count
        for ($i = 0; $i -lt $texts.Count; $i++) {
            if ($Offered[$i] -like '*:[*]/*') { $texts[$i] | Should -BeLike $Offered[$i] } else { $texts[$i] | Should -BeExactly $Offered[$i] }
        }
        if ($Tip) { $matched[0].ToolTip | Should -BeLike $Tip }
        # What stands in a menu is shown by a terminal.
        $matched | ForEach-Object { $_.ListItemText + $_.CompletionText } | Should -Not -Match '\x1b'
    }

    It 'of <Command> -<Parameter> is in the table above, or there is nothing to choose from' -ForEach $parameters {
        $tested = @($Typed | Where-Object { $_ -match "^$Command\b" -and ($_ -match "-$Parameter\b") })
        if (-not $tested) {
            # By position.
            $tested = @($Typed | Where-Object { $_ -match "^$Command\s+[^\s-]*$" } | Where-Object { (Get-Command $Command).Parameters[$Parameter].Attributes.Position -eq 0 })
        }
        if ($Reason) { $tested | Should -BeNullOrEmpty -Because "it says: $Reason" } else { $tested | Should -Not -BeNullOrEmpty }
    }

    It 'works in the middle of a line, and of a script' {
        $line = "if (`$true) {`n    'a', 'b' | Invoke-ApiChat -Model sim -MaxTokens 5 | ForEach-Object Content`n}"
        (Get-Completion $line $line.IndexOf(' -MaxTokens')).CompletionText | Should -BeExactly 'sim-small'
    }

    It 'honours a connection in a variable, and one that stands after it' {
        $global:completionService = Get-ApiConnection 'my work'
        try {
            (Get-Completion 'Invoke-ApiChat -Connection $completionService -Model sim').CompletionText | Should -BeExactly 'sim-small'
            $line = "Invoke-ApiChat -Model sim -Connection 'my work'"
            (Get-Completion $line 'Invoke-ApiChat -Model sim'.Length).CompletionText | Should -BeExactly 'sim-small'
        }
        finally { Remove-Variable completionService -Scope Global }
    }

    It 'of a connection that is not there is that of the models that are known' {
        (Get-Completion 'Invoke-ApiChat -Connection nowhere -Model gpt-4.1-n').CompletionText | Should -BeExactly 'gpt-4.1-nano'
    }

    It 'of -Tool where nothing is typed is the functions of the session' {
        $texts = (Get-Completion 'Invoke-ApiChat Hi -Tool ').CompletionText
        $texts | Should -Contain Get-CompletedWeather
        $texts | Should -Not -Contain Get-ChildItem
    }

    It 'offers no program as a tool' -Skip:(-not (Get-Command git -CommandType Application -ErrorAction Ignore)) {
        (Get-Completion 'Invoke-ApiChat Hi -Tool git').CompletionText | Should -Not -Match '^git(\.exe)?$'
    }

    It 'asks the service nothing that it has been told, writes nothing and leaves no error' {
        $errors = $Error.Count
        $files = (Get-ChildItem -Recurse).Name
        foreach ($typed in 'Invoke-ApiChat Hi -Model ', 'Get-ApiModel ', 'Invoke-ApiChat -Journal ', 'Invoke-ApiChat -Connection nowhere -Model ', 'Get-ApiErrorCode [', 'Invoke-ApiChat -Session ', 'Get-ApiJournal nowhere/') {
            $null = Get-Completion $typed
        }
        (Get-ApiSimulatorRequest).Count | Should -Be $before
        $Error.Count | Should -Be $errors
        (Get-ChildItem -Recurse).Name | Should -Be $files
    }
}

Describe 'Completion without a connection' {
    BeforeAll {
        $saved = @{}
        foreach ($name in 'APITOOLS_BASE_URI', 'APITOOLS_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_API_KEY') {
            $saved[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $null)
        }
    }

    AfterAll {
        foreach ($name in $saved.Keys) { [Environment]::SetEnvironmentVariable($name, $saved[$name]) }
    }

    It 'of a model is that of those that are known' {
        (Get-Completion 'Invoke-ApiChat Hi -Model gpt-4.1-').CompletionText | Should -BeExactly 'gpt-4.1-mini', 'gpt-4.1-nano'
        (Get-Completion 'Get-ApiModel gpt-4.1-').CompletionText | Should -BeExactly 'gpt-4.1-mini', 'gpt-4.1-nano'
    }

    It 'of all else is as ever, and throws nothing' {
        (Get-Completion 'Invoke-ApiChat -Connection ') | Should -BeNullOrEmpty
        (Get-Completion 'Get-ApiErrorCode rate').CompletionText | Should -BeExactly rate_limit_exceeded
        (Get-Completion 'Start-ApiSimulator -Fault St').CompletionText | Should -BeExactly 'Stall', 'StreamError'
        (Get-Completion 'Connect-ApiService ')[0].CompletionText | Should -BeExactly 'https://api.openai.com/v1'
    }
}
