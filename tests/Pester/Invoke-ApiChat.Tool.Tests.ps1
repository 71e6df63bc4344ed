[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidGlobalVars', '', Justification = 'A tool runs in the session: what it notes has to stand where the test sees it.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '', Justification = 'A schema is made of parameters; nothing uses them.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSShouldProcess', '', Justification = 'Its parameters are looked at; it changes nothing.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseOutputTypeCorrectly', '', Justification = 'A tool as people write them.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingConvertToSecureStringWithPlainText', '', Justification = 'No secret.')]
param()

BeforeDiscovery {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
}

BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"

    # A host that answers questions from a list, and keeps what it was asked.
    Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

public sealed class AskedHost : PSHost
{
    private readonly AskedScreen _screen = new AskedScreen();
    private readonly Guid _id = Guid.NewGuid();
    public AskedScreen Screen { get { return _screen; } }
    public override CultureInfo CurrentCulture { get { return CultureInfo.InvariantCulture; } }
    public override CultureInfo CurrentUICulture { get { return CultureInfo.InvariantCulture; } }
    public override Guid InstanceId { get { return _id; } }
    public override string Name { get { return "Asked"; } }
    public override PSHostUserInterface UI { get { return _screen; } }
    public override Version Version { get { return new Version(1, 0); } }
    public override void EnterNestedPrompt() { }
    public override void ExitNestedPrompt() { }
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
    public override void SetShouldExit(int exitCode) { }
}

public sealed class AskedScreen : PSHostUserInterface
{
    public readonly List<string> Asked = new List<string>();
    public readonly Queue<string> Answers = new Queue<string>();
    public int Default = -1;
    public override PSHostRawUserInterface RawUI { get { return null; } }
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) { throw new NotSupportedException(); }
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Asked.Add(message);
        Default = defaultChoice;
        string answer = Answers.Dequeue();
        for (int i = 0; i < choices.Count; i++) { if (choices[i].Label.Replace("&", "") == answer) { return i; } }
        throw new InvalidOperationException(answer);
    }
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) { throw new NotSupportedException(); }
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes types, PSCredentialUIOptions options) { throw new NotSupportedException(); }
    public override string ReadLine() { throw new NotSupportedException(); }
    public override SecureString ReadLineAsSecureString() { throw new NotSupportedException(); }
    public override void Write(string value) { }
    public override void Write(ConsoleColor foreground, ConsoleColor background, string value) { }
    public override void WriteDebugLine(string message) { }
    public override void WriteErrorLine(string value) { }
    public override void WriteLine(string value) { }
    public override void WriteProgress(long sourceId, ProgressRecord record) { }
    public override void WriteVerboseLine(string message) { }
    public override void WriteWarningLine(string message) { }
}
'@

    # What the tools of these tests were called with.
    $global:ToolLog = [System.Collections.Generic.List[object]]::new()

    function global:Get-Noted {
        <#
        .SYNOPSIS
        Notes a text.
        .PARAMETER Text
        What to note.
        #>
        [CmdletBinding(SupportsShouldProcess)]
        param([Parameter(Mandatory)] [string] $Text, [int] $Number, [string[]] $List, [switch] $Loud, [hashtable] $Table)
        $global:ToolLog.Add(@{} + $PSBoundParameters)
        "noted $Text"
    }

    function Get-Definition { (@(Get-ApiSimulatorRequest)[0].Body | ConvertFrom-Json).tools.function }
    function Get-Told { ((Get-ApiSimulatorRequest -Last 1).Body | ConvertFrom-Json).messages | Where-Object role -EQ tool | ForEach-Object content }
    function Invoke-Tool([string] $Arguments, $Tool = 'Get-Noted', [string] $Name = 'Get-Noted') {
        Start-TestService -Option @{ Answer = @{ ToolCalls = @{ Name = $Name; Arguments = $Arguments } } }
        Invoke-ApiChat 'Go' -Tool $Tool -InvokeTool -Force
    }

    # Runs a script under a host that gives these answers.
    function Invoke-Asked([string[]] $Answer, [string] $Script) {
        $screen = [AskedHost]::new()
        $Answer | ForEach-Object { $screen.Screen.Answers.Enqueue($_) }
        $space = [runspacefactory]::CreateRunspace($screen)
        $space.Open()
        $shell = [powershell]::Create()
        $shell.Runspace = $space
        $null = $shell.AddScript("Import-Module '$PSScriptRoot/../../out/ApiTools'; function global:Get-Noted { [CmdletBinding()] param([string] `$Text) `"noted `$Text`" }").Invoke()
        $shell.Commands.Clear()
        $output = $shell.AddScript($Script).Invoke()
        $shell.Dispose()
        $space.Dispose()
        @{ Asked = $screen.Screen.Asked; Default = $screen.Screen.Default; Output = $output }
    }
}

AfterAll { Remove-Item function:Get-Noted, variable:ToolLog }

Describe 'A tool that is offered' {
    BeforeEach { $global:ToolLog.Clear() }
    AfterEach {
        Disconnect-ApiService -ErrorAction Ignore
        Stop-ApiSimulator -ErrorAction Ignore
    }

    It 'is called by the model, and runs nothing without -InvokeTool' {
        Start-TestService
        $answer = Invoke-ApiChat 'call Get-Noted {"Text":"a"}' -Tool Get-Noted
        "$($answer.ToolCalls)" | Should -BeExactly 'Get-Noted({"Text":"a"})'
        $answer.FinishReason | Should -BeExactly tool_calls
        $answer.ToolHistory.Count | Should -Be 0
        $global:ToolLog.Count | Should -Be 0
    }

    It 'is described by its parameters: types, what is mandatory, sets, ranges, patterns, lengths, counts, defaults, help' {
        function Get-Everything {
            <#
            .SYNOPSIS
            Has all there is.
            .PARAMETER Whole
            A whole number.
            #>
            param(
                [Parameter(Mandatory, HelpMessage = 'A text.')] [ValidateLength(2, 5)] [ValidatePattern('^[a-z]+$')] [string] $Text,
                [ValidateRange(1, 7)] [int] $Whole = 3, [long] $Long, [ValidateRange(0.5, 1.5)] [double] $Real = 0.5, [decimal] $Exact,
                [bool] $Truth, [switch] $Flag, [datetime] $When, [DayOfWeek] $Day, [ValidateSet('C', 'F')] $Unit = 'C', [ValidateSet(1, 2)] [int] $Set,
                [ValidateCount(1, 3)] [ValidateRange(0, 9)] [int[]] $Numbers, [string[]] $Names = @('a', 'b'), [hashtable] $Table, [pscustomobject] $Record,
                [System.Nullable[int]] $Perhaps, [guid] $Id, [uri] $Address, $Anything, [ValidatePattern('(?i)^x')] [string] $Odd, [string] $Later = (Get-Date)
            )
        }
        Start-TestService
        $null = Invoke-ApiChat 'Hi' -Tool Get-Everything
        $tool = Get-Definition
        $tool.name, $tool.description | Should -BeExactly Get-Everything, 'Has all there is.'
        $tool.parameters.type, $tool.parameters.additionalProperties | Should -BeExactly object, $false
        $tool.parameters.required | Should -BeExactly Text
        $expected = @{
            Text = '{"type":"string","description":"A text.","pattern":"^[a-z]+$","minLength":2,"maxLength":5}'
            Whole = '{"type":"integer","description":"A whole number.","default":3,"minimum":1,"maximum":7}'
            Long = '{"type":"integer"}'
            Real = '{"type":"number","default":0.5,"minimum":0.5,"maximum":1.5}'
            Exact = '{"type":"number"}'
            Truth = '{"type":"boolean"}'
            Flag = '{"type":"boolean"}'
            When = '{"type":"string","format":"date-time"}'
            Day = '{"type":"string","enum":["Sunday","Monday","Tuesday","Wednesday","Thursday","Friday","Saturday"]}'
            Unit = '{"type":"string","enum":["C","F"],"default":"C"}'
            Set = '{"type":"integer","enum":[1,2]}'
            Numbers = '{"type":"array","minItems":1,"maxItems":3,"items":{"type":"integer","minimum":0,"maximum":9}}'
            Names = '{"type":"array","default":["a","b"],"items":{"type":"string"}}'
            Table = '{"type":"object"}'
            Record = '{"type":"object"}'
            Perhaps = '{"type":"integer"}'
            Id = '{"type":"string","format":"uuid"}'
            Address = '{"type":"string","format":"uri"}'
            Anything = '{}'
            Odd = '{"type":"string","description":"It has to match the regular expression (?i)^x."}'
            Later = '{"type":"string"}'
        }
        @($tool.parameters.properties.PSObject.Properties.Name).Count | Should -Be $expected.Count
        foreach ($name in $expected.Keys) {
            $tool.parameters.properties.$name | ConvertTo-Json -Depth 5 -Compress | Should -BeExactly ($expected[$name] | ConvertFrom-Json | ConvertTo-Json -Depth 5 -Compress) -Because $name
        }
    }

    It 'has neither common nor dynamic parameters, and says which it cannot have' {
        function Get-Dynamic {
            [CmdletBinding(SupportsShouldProcess)]
            param([string] $Plain, [scriptblock] $Code)
            dynamicparam {
                $attributes = [System.Collections.ObjectModel.Collection[Attribute]]::new()
                $attributes.Add([Parameter]::new())
                $found = [System.Management.Automation.RuntimeDefinedParameterDictionary]::new()
                $found.Add('Hidden', [System.Management.Automation.RuntimeDefinedParameter]::new('Hidden', [string], $attributes))
                $found
            }
            process { }
        }
        Start-TestService
        $told = Invoke-ApiChat 'Hi' -Tool (Get-Command Get-Dynamic -ArgumentList x) -Verbose 4>&1
        (Get-Definition).parameters.properties.PSObject.Properties.Name | Should -BeExactly Plain
        "$told" | Should -BeLike "*The tool 'Get-Dynamic' is offered without its parameter 'Code': no JSON can say a System.Management.Automation.ScriptBlock.*"
    }

    It 'is what Get-Command finds, a cmdlet, an alias by what it stands for, or a script block with a name' {
        Start-TestService
        $null = Invoke-ApiChat 'Hi' -Tool (Get-Command Get-Date), gci, @{ Name = 'now'; Description = 'The time.'; Script = { param($At) } }, @{ Command = 'Get-Item'; Name = 'item'; ParameterSet = 'LiteralPath'; Parameter = 'LiteralPath' }
        $tools = Get-Definition
        $tools.name | Should -BeExactly Get-Date, Get-ChildItem, now, item
        $tools[2].description | Should -BeExactly 'The time.'
        $tools[3].parameters.properties.PSObject.Properties.Name | Should -BeExactly LiteralPath
        $tools[3].parameters.required | Should -BeExactly LiteralPath
    }

    It 'has another name where the API refuses its own, and is found by that' {
        $tools = @{ Name = 'größe von!'; Script = { 'first' } }, @{ Name = 'größe von?'; Script = { 'second' } }, @{ Name = 'x' * 70; Script = { 'third' } }
        Start-TestService -Option @{ Answer = @{ ToolCalls = 'gr__e_von_', 'gr__e_von__2', ('x' * 64) } }
        $answer = Invoke-ApiChat 'Go' -Tool $tools -InvokeTool -Force
        (Get-Definition).name | Should -BeExactly gr__e_von_, gr__e_von__2, ('x' * 64)
        $answer.ToolHistory.Output | Should -BeExactly first, second, third
        $answer.ToolHistory[0].Command | Should -BeExactly 'größe von!'
    }

    It 'has its own name where the API takes it, though another before it would become the same' {
        $tools = @{ Name = 'a.b'; Script = { 'dot' } }, @{ Name = 'a_b'; Script = { 'line' } }
        Start-TestService -Option @{ Answer = @{ ToolCalls = 'a_b', 'a_b_2' } }
        $answer = Invoke-ApiChat 'Go' -Tool $tools -InvokeTool -Force
        (Get-Definition).name | Should -BeExactly a_b_2, a_b
        $answer.ToolHistory | ForEach-Object { "$($_.Command) $($_.Output)" } | Should -BeExactly 'a_b line', 'a.b dot'
    }

    It 'is offered once where it is given twice' {
        Start-TestService
        $null = Invoke-ApiChat 'Hi' -Tool Get-Noted, (Get-Command Get-Noted), Get-Date, (Get-Command Get-Date), gci, Get-ChildItem
        (Get-Definition).name | Should -BeExactly Get-Noted, Get-Date, Get-ChildItem
    }

    It 'says in numbers what <Given> says' -ForEach @(
        @{ Given = "[ValidateRange('Positive')] [int]"; Json = '{"type":"integer","minimum":1}' }
        @{ Given = "[ValidateRange('NonNegative')] [int]"; Json = '{"type":"integer","minimum":0}' }
        @{ Given = "[ValidateRange('Negative')] [int]"; Json = '{"type":"integer","maximum":-1}' }
        @{ Given = "[ValidateRange('NonPositive')] [int]"; Json = '{"type":"integer","maximum":0}' }
        @{ Given = "[ValidateRange('Positive')] [double]"; Json = '{"type":"number","exclusiveMinimum":0}' }
        @{ Given = "[ValidateRange('Negative')] [decimal]"; Json = '{"type":"number","exclusiveMaximum":0}' }
        @{ Given = "[ValidateRange('Positive')] [int[]]"; Json = '{"type":"array","items":{"type":"integer","minimum":1}}' }
        @{ Given = '[byte]'; Json = '{"type":"integer","minimum":0,"maximum":255}' }
        @{ Given = '[uint32]'; Json = '{"type":"integer","minimum":0}' }
        @{ Given = '[ValidateRange(1, 7)] [uint32]'; Json = '{"type":"integer","minimum":1,"maximum":7}' }
    ) {
        if ($PSVersionTable.PSVersion.Major -lt 6 -and $Given -match "'") { Set-ItResult -Skipped -Because 'Windows PowerShell has no such ranges' }
        Start-TestService
        $null = Invoke-ApiChat 'Hi' -Tool @{ Name = 't'; Script = [scriptblock]::Create("param($Given `$A)") }
        (Get-ApiSimulatorRequest).Body | Should -BeLike "*`"properties`":{`"A`":$Json}*"
    }

    It 'is chosen by -ToolChoice, by the name that the caller knows, for the first answer alone' {
        Start-TestService
        $answer = Invoke-ApiChat 'Hi' -Tool Get-Noted, @{ Name = 'a b'; Script = { 'done' } } -ToolChoice 'a b' -InvokeTool -Force
        $sent = @((Get-ApiSimulatorRequest).Body | ConvertFrom-Json)
        $sent[0].tool_choice.function.name | Should -BeExactly a_b
        $sent[1].PSObject.Properties.Name | Should -Not -Contain tool_choice
        $answer.ToolHistory.Output | Should -BeExactly done
        $null = Invoke-ApiChat 'call Get-Noted {"Text":"a"}' -Tool Get-Noted -ToolChoice None
        ((Get-ApiSimulatorRequest -Last 1).Body | ConvertFrom-Json).tool_choice | Should -BeExactly none
    }

    It 'is refused as <Name>' -ForEach @(
        @{ Name = 'a block without a name'; Given = { 1 }; Message = "A script block has no name for the model to call: give @{ Name = 'get_weather'; Script = { param([string] `$City) ... } }." }
        @{ Name = 'a name with wildcards'; Given = 'Remove-*'; Message = "'Remove-*' has wildcards: name each tool, or give what Get-Command finds." }
        @{ Name = 'a name of nothing'; Given = 'Get-Nothing'; Message = "There is no command 'Get-Nothing'." }
        @{ Name = 'an object'; Given = 5; Message = 'A tool is a command, its name, or @{ Name = ...; Script = { ... } }, not an object of type Int32.' }
        @{ Name = 'a table with another key'; Given = @{ Nam = 'x'; Script = { 1 } }; Message = "A tool's hashtable has no 'Nam'. It has Name, Script, Command, Description, ParameterSet, Parameter." }
        @{ Name = 'a table without a command'; Given = @{ Name = 'x' }; Message = "A tool's hashtable has either Script, a script block, or Command, a command or its name." }
        @{ Name = 'a mandatory script block'; Given = @{ Name = 'x'; Script = { param([Parameter(Mandatory)] [scriptblock] $Do) & $Do } }; Message = "The tool 'x' cannot be offered: its parameter 'Do' is mandatory, and no JSON can say a System.Management.Automation.ScriptBlock. Wrap the command in a function without it." }
        @{ Name = 'a mandatory table of two dimensions'; Given = @{ Name = 'x'; Script = [scriptblock]::Create('param([Parameter(Mandatory)] [int[,]] $Grid) $Grid') }; Message = "The tool 'x' cannot be offered: its parameter 'Grid' is mandatory, and no JSON can say a System.Int32[,]. Wrap the command in a function without it." }
        @{ Name = 'a mandatory name with a dash'; Given = @{ Name = 'x'; Script = { param([Parameter(Mandatory)] ${-Path}) "${-Path}" } }; Message = "The tool 'x' cannot be offered: its parameter '-Path' is mandatory, and PowerShell binds no parameter whose name begins with a dash. Wrap the command in a function without it." }
        @{ Name = 'two of one name'; Given = @{ Name = 'x'; Script = { 1 } }, @{ Name = 'X'; Script = { 2 } }; Message = "Two tools are called 'X': give one of them another name, as @{ Name = ...; Command = ... }." }
        @{ Name = 'one command in two ways'; Given = 'Get-Date', @{ Command = 'Get-Date'; Parameter = 'Format' }; Message = "Two tools are called 'Get-Date': give one of them another name, as @{ Name = ...; Command = ... }." }
        @{ Name = 'a set that is not there'; Given = @{ Command = 'Get-Item'; ParameterSet = 'Nope' }; Message = "'Get-Item' has no parameter set 'Nope'. It has Path, LiteralPath." }
        @{ Name = 'a parameter that is not there'; Given = @{ Command = 'Get-Item'; Parameter = 'ErrorAction' }; Message = "'Get-Item' has no parameter 'ErrorAction' that can be offered." }
    ) {
        Start-TestService
        { Invoke-ApiChat 'Hi' -Tool $Given } | Should -Throw
        Assert-Failure $Error[0] invalid_value InvalidArgument $null "$Message (invalid_value)" 'Check parameter format and range. Run: Get-Help Invoke-ApiChat -Parameter Tool'
        @(Get-ApiSimulatorRequest).Count | Should -Be 0
    }

    It 'does not go with <Name>' -ForEach @(
        @{ Name = '-InvokeTool alone'; Given = @{ InvokeTool = $true }; Message = '-InvokeTool runs the tools of -Tool, and there is none.' }
        @{ Name = '-Journal and -InvokeTool'; Given = @{ Tool = 'Get-Noted'; InvokeTool = $true; Journal = 'TestDrive:/j' }; Message = '-Journal gives an answer again*' }
        @{ Name = '-AsChunk and -InvokeTool'; Given = @{ Tool = 'Get-Noted'; InvokeTool = $true; AsChunk = $true }; Message = '-AsChunk writes no completion*' }
        @{ Name = 'tools in -Property'; Given = @{ Tool = 'Get-Noted'; Property = @{ tools = @() } }; Message = "-Property has 'tools', which -Tool says too. Give one of them.*" }
        @{ Name = 'a choice of nothing'; Given = @{ Tool = 'Get-Noted'; ToolChoice = 'Other' }; Message = "-ToolChoice is 'Other': it is auto, none, required or one of the tools (Get-Noted).*" }
    ) {
        Start-TestService
        { Invoke-ApiChat 'Hi' @Given } | Should -Throw $Message
        @(Get-ApiSimulatorRequest).Count | Should -Be 0
    }

    It 'is completed by its name, and so is the choice' {
        (TabExpansion2 'Invoke-ApiChat Hi -Tool Get-Note' 32).CompletionMatches.CompletionText | Should -Contain Get-Noted
        (TabExpansion2 'Invoke-ApiChat Hi -Tool Get-Noted -ToolChoice ' 46).CompletionMatches.CompletionText | Should -BeExactly auto, none, required, Get-Noted
    }

    It 'makes a job another one where a journal has it' {
        Start-TestService
        $null = Invoke-ApiChat 'Hi' -Tool Get-Noted -Journal TestDrive:/tools.jsonl
        $null = Invoke-ApiChat 'Hi' -Journal TestDrive:/tools.jsonl -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*property tools*'
    }
}

Describe 'A tool that is run' {
    BeforeEach { $global:ToolLog.Clear() }
    AfterEach {
        Disconnect-ApiService -ErrorAction Ignore
        Stop-ApiSimulator -ErrorAction Ignore
    }

    It 'runs before an answer that has to match a schema, which only the last one has to' {
        Start-TestService
        $schema = '{"type":"object","properties":{"price":{"type":"number"}},"required":["price"],"additionalProperties":false}'
        $answer = Invoke-ApiChat 'call two {}' -Tool @{ Name = 'two'; Script = { 2 } } -InvokeTool -Force -Schema $schema
        $answer.Parsed.price | Should -Be 0
        $answer.ToolHistory.Output | Should -BeExactly '2'
        $answer.AttemptHistory.Code | Should -BeNullOrEmpty
    }

    It 'gets its arguments as parameters, and the model its output, until it answers' {
        Start-TestService
        $answer = Invoke-ApiChat @'
call Get-Noted {"Text":"a","Number":5,"List":["x","y"],"Loud":true,"Table":{"k":[1,{"z":2.5}]}}
call Get-Noted {"text":"b","Number":"6","List":"x","Loud":false,"Table":null}
then call Get-Noted {"Text":"c"}
'@ -Tool Get-Noted -InvokeTool -Force
        $answer.Content | Should -BeLike 'The tools say: "noted c"*'
        $first, $second, $third = $global:ToolLog
        $first.Text, $first.Number, $first.Loud.IsPresent | Should -Be 'a', 5, $true
        $first.List | Should -BeExactly x, y
        $first.Table.k[0], $first.Table.k[1].z | Should -Be 1, 2.5
        $first.Number | Should -BeOfType int
        $second.Text, $second.Number, $second.Loud.IsPresent, $second.ContainsKey('Table') | Should -Be 'b', 6, $false, $false
        $third.Keys | Should -BeExactly Text
        $answer.ToolHistory.Round | Should -Be 1, 1, 2
        $answer.ToolHistory.Confirmed | Should -Be $true, $true, $true
        $answer.ToolHistory.Output | Should -BeExactly 'noted a', 'noted b', 'noted c'
        $answer.ToolHistory[0].Name, $answer.ToolHistory[0].Command | Should -BeExactly Get-Noted, Get-Noted
        $answer.ToolHistory[0].Duration | Should -BeGreaterThan 0
        Get-Told | Should -BeExactly 'noted a', 'noted b', 'noted c'
    }

    It 'costs what all rounds cost' {
        Start-TestService
        # One by one, as the session goes through them.
        $first = Invoke-ApiChat 'call Get-Noted {"Text":"a"}' -Tool Get-Noted
        $answer = Invoke-ApiChat 'call Get-Noted {"Text":"a"}' -Tool Get-Noted -InvokeTool -Force -SessionVariable chat
        $last = Invoke-ApiChat -Request (Get-ApiSimulatorRequest -Last 1).Body
        $answer.Usage.PromptTokens | Should -Be ($first.Usage.PromptTokens + $last.Usage.PromptTokens)
        $answer.Usage.CompletionTokens | Should -Be ($first.Usage.CompletionTokens + $last.Usage.CompletionTokens)
        $chat.Usage.TotalTokens | Should -Be $answer.Usage.TotalTokens
        $chat.Calls, $chat.Turns | Should -Be 2, 1
    }

    It 'is part of the session, which goes on after it' {
        Start-TestService
        $null = Invoke-ApiChat 'call Get-Noted {"Text":"a"}' -Tool Get-Noted -InvokeTool -Force -SessionVariable chat
        $chat.Messages.Role | Should -BeExactly user, assistant, tool, assistant
        $null = Invoke-ApiChat 'call Get-Noted {"Text":"b"}' -Tool Get-Noted -InvokeTool -Force -Session $chat
        $chat.Messages.Role | Should -BeExactly user, assistant, tool, assistant, user, assistant, tool, assistant
        $chat.Undo()
        $chat.Messages.Count | Should -Be 4
    }

    It 'leaves the session as it was where a later round fails, and says what had run' {
        Start-TestService @{ Code = 'internal_error'; Times = -1; After = 1 }
        $null = Invoke-ApiChat 'call Get-Noted {"Text":"a"}' -Tool Get-Noted -InvokeTool -Force -SessionVariable chat -MaximumRetryCount 0 -ErrorAction SilentlyContinue -ErrorVariable failed -WarningVariable warned -WarningAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike internal_error*
        "$warned" | Should -BeExactly 'Before it failed, tools had run: Get-Noted.'
        $chat.Messages.Count | Should -Be 0
    }

    It 'shows the text of each round as it comes, a line each, and works with a stream' {
        Start-TestService
        $answer = Invoke-ApiChat 'call Get-Noted {"Text":"a"}' -Tool Get-Noted -InvokeTool -Force -Stream 6>$null
        $answer.Content | Should -BeLike 'The tools say: "noted a"*'
        $answer.ToolHistory.Count | Should -Be 1
    }

    It 'shows on a terminal the text of each round on lines of its own, whatever is said between' -Skip:(-not (Get-Command script -CommandType Application -ErrorAction Ignore) -or $IsMacOS) {
        $shown = Invoke-Fresh -OnTerminal @"
            `$PSStyle.OutputRendering = 'PlainText'
            Import-Module '$PSScriptRoot/../../out/ApiTools'
            `$calls = @{ ToolCalls = 'say' }
            Start-ApiSimulator -Answer (@{ Content = 'First.' } + `$calls), (@{ Content = "Second.``n" } + `$calls), 'Third.'
            Connect-ApiService -Simulator
            `$null = Invoke-ApiChat 'Go' -Tool @{ Name = 'say'; Script = { 'said' } } -InvokeTool -Force -Stream -Verbose
"@
        $lines = $shown -replace '\e(\[[0-9;?]*[a-zA-Z]|[=>])' -split '\r?\n' | ForEach-Object { $_ -replace '(Try 1 at|Tool call say).*', '$1' }
        $lines | Should -BeExactly @(
            'First.', 'VERBOSE: Try 1 at', 'VERBOSE: Tool call say'
            'Second.', 'VERBOSE: Try 1 at', 'VERBOSE: Tool call say'
            'Third.', 'VERBOSE: Try 1 at'
        )
    }

    It 'is run of the first choice alone where n asks for several' {
        Start-TestService
        $answer = Invoke-ApiChat 'call Get-Noted {"Text":"a"}' -Tool Get-Noted -InvokeTool -Force -Property @{ n = 3 }
        $global:ToolLog.Count | Should -Be 1
        $answer.Choices.Count | Should -Be 3
        ((Get-ApiSimulatorRequest -Last 1).Body | ConvertFrom-Json).messages.role | Should -Be user, assistant, tool
    }

    It 'runs for one input after another' {
        Start-TestService -Option @{ LatencyMs = 10 }
        $answers = 'call Get-Noted {"Text":"1"}', 'call Get-Noted {"Text":"2"}', 'call Get-Noted {"Text":"3"}' | Invoke-ApiChat -Tool Get-Noted -InvokeTool -Force -ThrottleLimit 5
        $global:ToolLog.Text | Should -BeExactly 1, 2, 3
        $answers.ToolHistory.Output | Should -BeExactly 'noted 1', 'noted 2', 'noted 3'
        (Get-Sent)[0..3] -replace '\D' | Should -BeExactly 1, 1, 2, 2
    }

    It 'takes whole requests too' {
        Start-TestService
        $answer = Invoke-ApiChat -Request @{ messages = @(@{ role = 'user'; content = 'call Get-Noted {"Text":"r"}' }) } -Tool Get-Noted -InvokeTool -Force
        $answer.ToolHistory.Output | Should -BeExactly 'noted r'
    }

    It 'sees the variables of its caller, and none of the module' {
        $mine = 'caller'
        $a = 'a'
        $answer = Invoke-Tool '{}' @{ Name = 'see'; Script = { "$mine $a $args $($args.Count)" } } see
        $answer.ToolHistory.Output | Should -BeExactly 'caller a  0'
    }

    It 'tells the model of an error in its own words alone: <Name>' -ForEach @(
        @{ Name = 'throw'; Script = { throw 'bad sk-abcdefghijklmnopqrstuvwx1234' }; Message = 'bad ***' }
        @{ Name = 'an error that is written'; Script = { $ErrorActionPreference = 'Continue'; Write-Error 'one'; Write-Error 'two' }; Message = 'one two' }
        @{ Name = 'an error of a cmdlet'; Script = { Get-Item -LiteralPath TestDrive:/nothing -ErrorAction Stop }; Message = "Cannot find path '*nothing' because it does not exist." }
        @{ Name = 'an exception of .NET'; Script = { [int]::Parse('x') }; Message = '*' }
    ) {
        $answer = Invoke-Tool '{}' @{ Name = 'fail'; Script = $Script } fail
        $answer.ToolHistory[0].Error | Should -BeLike $Message
        $answer.ToolHistory[0].Output | Should -BeNullOrEmpty
        (Get-Told | ConvertFrom-Json).error | Should -BeExactly $answer.ToolHistory[0].Error
        (Get-Told) | Should -Not -BeLike '*Tests.ps1*'
    }

    It 'tells the model of errors and output together' {
        $answer = Invoke-Tool '{}' @{ Name = 'both'; Script = { $ErrorActionPreference = 'Continue'; Write-Error 'one'; 'out' } } both
        $answer.ToolHistory[0].Error, $answer.ToolHistory[0].Output | Should -BeExactly one, out
        $told = Get-Told | ConvertFrom-Json
        $told.error, $told.output | Should -BeExactly one, out
    }

    It 'ends no loop of its caller' {
        foreach ($i in 1) { $answer = Invoke-Tool '{}' @{ Name = 'leave'; Script = { break } } leave }
        $answer.ToolHistory[0].Output | Should -BeExactly null
    }

    It 'says <Json> where it writes <Name>' -ForEach @(
        @{ Name = 'nothing'; Script = { }; Json = 'null' }
        @{ Name = 'a text'; Script = { 'a "b"' }; Json = 'a "b"' }
        @{ Name = 'numbers'; Script = { 1; 2.5 }; Json = '[1,2.5]' }
        @{ Name = 'an object'; Script = { [pscustomobject]@{ A = 1; B = @{ C = @($true, $null) } } }; Json = '{"A":1,"B":{"C":[true,null]}}' }
        @{ Name = 'a secret'; Script = { @{ K = ConvertTo-SecureString 'x' -AsPlainText -Force } }; Json = '{"K":"(a secret, which is not sent)"}' }
        @{ Name = 'XML'; Script = { [xml] '<a b="1"><c/></a>' }; Json = '"<a b=\"1\"><c /></a>"' }
        @{ Name = 'a number of any length'; Script = { [bigint]::Pow(10, 30) }; Json = '"1000000000000000000000000000000"' }
        @{ Name = 'an address'; Script = { [ipaddress]::Loopback; [uri] 'http://a/' }; Json = '["127.0.0.1","http://a/"]' }
        @{ Name = 'what is no number'; Script = { [double]::NaN }; Json = '"NaN"' }
        @{ Name = 'half a character'; Script = { 'a' + [char]0xD800; 1 }; Json = "[`"a$([char]0xFFFD)`",1]" }
    ) {
        (Invoke-Tool '{}' @{ Name = 'say'; Script = $Script } say).ToolHistory[0].Output | Should -BeExactly $Json
    }

    It 'says what Format-Table writes as the text that a person would see' {
        $output = (Invoke-Tool '{}' @{ Name = 'say'; Script = { [pscustomobject]@{ A = 1; B = 'x' } | Format-Table } } say).ToolHistory[0].Output
        $output | Should -BeExactly "A B`n- -`n1 x"
    }

    It 'runs as it was offered, though a call defines it anew' {
        function global:Get-Shadowed { [CmdletBinding(SupportsShouldProcess)] param() "first $($MyInvocation.MyCommand.Name)" }
        $evil = @{ Name = 'evil'; Script = { Set-Item function:global:Get-Shadowed { 'second' } } }
        $call = @{ ToolCalls = 'Get-Shadowed' }
        Start-TestService -Option @{ Answer = $call, @{ ToolCalls = 'evil' }, $call }
        $answer = Invoke-ApiChat 'Go' -Tool Get-Shadowed, $evil -InvokeTool -Force
        $answer.ToolHistory.Error | Where-Object { $_ } | Should -BeNullOrEmpty
        $answer.ToolHistory[0].Output | Should -BeExactly 'first Get-Shadowed'
        $answer.ToolHistory[2].Output | Should -BeExactly 'first '
        Get-Shadowed | Should -BeExactly second
        Remove-Item function:Get-Shadowed
    }

    It 'says that it is cut where it writes <Name>' -ForEach @(
        @{ Name = 'a long text'; Script = { 'x' * 1MB } }
        @{ Name = 'a text of few characters and many bytes'; Script = { [string][char]0x5929 * 20000 } }
        @{ Name = 'a number without end'; Script = { [bigint]::Pow(10, 200000) } }
        @{ Name = 'many objects'; Script = { 1..20000; $global:ToolLog.Add('end') } }
        @{ Name = 'what holds itself'; Script = { $h = @{}; $h.h = $h; $h } }
        @{ Name = 'a process'; Script = { Get-Process -Id $PID | Select-Object *; 'x' * 40000 } }
    ) {
        $output = (Invoke-Tool '{}' @{ Name = 'say'; Script = $Script } say).ToolHistory[0].Output
        [System.Text.Encoding]::UTF8.GetByteCount($output) | Should -BeLessThan 66000
        $told = $output | ConvertFrom-Json
        $told.cut | Should -BeExactly 'This is not all: the output is longer than 32,768 bytes, has more than 10,000 objects, or is nested deeper than 8 levels.'
        # What runs is run to its end.
        if ($Name -eq 'many objects') { $global:ToolLog | Should -BeExactly end }
    }

    It 'is called no more often in a row than -MaximumToolRound says: then the last answer is written, and the session can go on' {
        Start-TestService -Option @{ Answer = @{ ToolCalls = @{ Name = 'Get-Noted'; Arguments = '{"Text":"again"}' }; Times = 4 } }
        $answer = Invoke-ApiChat 'Go' -Tool Get-Noted -InvokeTool -Force -MaximumToolRound 3 -SessionVariable chat -WarningVariable warned -WarningAction SilentlyContinue
        $global:ToolLog.Count | Should -Be 3
        "$warned" | Should -BeExactly 'The model called tools 3 times in a row (-MaximumToolRound), and calls once more: its last answer is written as it is, and those calls are not run.'
        $answer.FinishReason | Should -BeExactly tool_calls
        $answer.ToolCalls.Count | Should -Be 1
        $answer.ToolHistory.Confirmed | Should -Be $true, $true, $true, $false
        $answer.ToolHistory[3].Error | Should -BeExactly 'The call was not run: tools had been called 3 times in a row.'
        (Invoke-ApiChat 'Now?' -Session $chat).Content | Should -BeLike 'You asked: "Now?"*'
    }

    It 'fits a conversation of many turns with tools into a small window' {
        Start-TestService -Option @{ Model = 'sim-2000' }
        $tool = @{ Name = 'long'; Script = { 'word ' * 150 } }
        $null = Invoke-ApiChat 'call long' -Model sim-2000 -Tool $tool -InvokeTool -Force -SessionVariable chat
        foreach ($i in 2..20) {
            $null = Invoke-ApiChat "call long {`"n`":$i}`ncall long" -Tool $tool -InvokeTool -Force -Session $chat -FitContext DropOldest -WarningAction SilentlyContinue -ErrorAction Stop
        }
        $chat.Turns | Should -Be 20
        $chat.Messages.Count | Should -Be (4 + 19 * 5)
    }

    It 'is ended by Ctrl+C' {
        Start-TestService
        $shell = [powershell]::Create()
        $began = [System.Threading.ManualResetEventSlim]::new()
        $null = $shell.AddScript("param(`$began) Import-Module '$PSScriptRoot/../../out/ApiTools'; Invoke-ApiChat 'call wait' -Tool @{ Name = 'wait'; Script = { `$began.Set(); Start-Sleep 100 } } -InvokeTool -Force -SessionVariable global:chat").AddArgument($began)
        $call = $shell.BeginInvoke()
        $began.Wait(20000) | Should -BeTrue
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        { $shell.EndInvoke($call) } | Should -Throw
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
        $shell.Runspace.SessionStateProxy.GetVariable('chat').Messages.Count | Should -Be 0
        @(Get-ApiSimulatorRequest).Count | Should -Be 1
        $shell.Dispose()
    }

    It 'is not run by -WhatIf, and nothing is sent' {
        Start-TestService
        Invoke-ApiChat 'call Get-Noted {"Text":"a"}' -Tool Get-Noted -InvokeTool -Force -WhatIf
        @(Get-ApiSimulatorRequest).Count | Should -Be 0
        $global:ToolLog.Count | Should -Be 0
    }
}

Describe 'A person who is asked' {
    AfterEach {
        Disconnect-ApiService -ErrorAction Ignore
        Stop-ApiSimulator -ErrorAction Ignore
    }

    It 'sees each call, and says yes or no to it; no is what Enter means' {
        Start-TestService
        $run = Invoke-Asked Yes, No "Invoke-ApiChat ('call Get-Noted {`"Text`":`"it''s`"}' + [char]10 + 'call Get-Noted {`"Text`":`"b`"}') -Tool Get-Noted -InvokeTool"
        $run.Asked | Should -BeExactly "Run what the model calls: Get-Noted -Text 'it''s'", "Run what the model calls: Get-Noted -Text 'b'"
        $run.Default | Should -Be 2
        $run.Output.ToolHistory.Confirmed | Should -Be $true, $false
        Get-Told | Should -BeExactly "noted it's", '{"error":"The user did not allow this call, and it was not run."}'
    }

    It 'is asked by -Confirm once for an input, and for each call all the same' {
        $run = Invoke-Asked 'Yes', 'Yes', 'Yes', 'Yes' "Start-ApiSimulator; Connect-ApiService -Simulator; 'call Get-Noted {`"Text`":`"a`"}', 'call Get-Noted {`"Text`":`"b`"}' | Invoke-ApiChat -Tool Get-Noted -InvokeTool -Confirm; Stop-ApiSimulator"
        $run.Asked | ForEach-Object { "$_".Substring(0, 14) } | Should -BeExactly 'Send this to 1', 'Run what the m', 'Send this to 1', 'Run what the m'
        $run.Output.Count | Should -Be 2
    }

    It 'is asked though -Confirm:$false and $ConfirmPreference ask for nothing' {
        $run = Invoke-Asked 'No' "Start-ApiSimulator; Connect-ApiService -Simulator; `$ConfirmPreference = 'None'; Invoke-ApiChat 'call Get-Noted {`"Text`":`"a`"}' -Tool Get-Noted -InvokeTool -Confirm:`$false; Stop-ApiSimulator"
        $run.Asked | Should -BeExactly "Run what the model calls: Get-Noted -Text 'a'"
        $run.Output.ToolHistory.Confirmed | Should -BeFalse
    }

    It 'says it once for all: <Answer>' -ForEach @(
        @{ Answer = 'Yes to All'; Ran = $true }
        @{ Answer = 'No to All'; Ran = $false }
    ) {
        Start-TestService
        $run = Invoke-Asked $Answer "'call Get-Noted {`"Text`":`"a`"}', 'call Get-Noted {`"Text`":`"b`"}' | Invoke-ApiChat -Tool Get-Noted -InvokeTool"
        $run.Asked.Count | Should -Be 1
        $run.Output.ToolHistory.Confirmed | Should -Be $Ran, $Ran
    }

    It 'sees what a model hides: control sequences, lines of its own, what stands past a long text' {
        Start-TestService -Option @{ Answer = @{ ToolCalls = @{ Name = 'Get-Noted'; Arguments = (@{ Text = "a$([char]27)[2J`n`r$([char]0x202E)" + 'x' * 5000 } | ConvertTo-Json -Compress) } } }
        $run = Invoke-Asked No 'Invoke-ApiChat Go -Tool Get-Noted -InvokeTool'
        $run.Asked[0] | Should -BeLike "Run what the model calls: Get-Noted -Text 'a$([char]0x241B)``[2J$([char]0x240A)$([char]0x240D)\u202ex*$([char]0x2026)' (5,0?? characters)"
        $run.Asked[0].Length | Should -BeLessThan 1200
    }

    It 'is missed where the host cannot ask: an error that ends the command, and nothing runs' {
        Start-TestService
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$PSScriptRoot/../../out/ApiTools'; 'call t', 'call t' | Invoke-ApiChat -Tool @{ Name = 't'; Script = { `$global:ran = 1 } } -InvokeTool")
        $null = $shell.Invoke()
        $failed = $shell.Streams.Error[0]
        $shell.Streams.Error.Count | Should -Be 1
        $failed.FullyQualifiedErrorId | Should -BeExactly 'tool_not_confirmed,ApiTools.Cmdlets.InvokeApiChatCommand'
        $failed.CategoryInfo.Category | Should -Be PermissionDenied
        $failed.TargetObject | Should -BeExactly 'call t'
        $failed.Exception | Should -BeOfType ApiTools.ApiToolException
        $failed.Exception.Message | Should -BeExactly 'The model calls t, and this host cannot ask whether to run it: it was not run.'
        $shell.Runspace.SessionStateProxy.GetVariable('ran') | Should -BeNullOrEmpty
        @(Get-ApiSimulatorRequest).Count | Should -Be 1
        $shell.Dispose()
    }
}

Describe 'A model that would run what it should not' {
    BeforeEach { $global:ToolLog.Clear() }
    AfterEach {
        Disconnect-ApiService -ErrorAction Ignore
        Stop-ApiSimulator -ErrorAction Ignore
    }

    It 'gets a text that is a text, whatever it looks like: <_>' -ForEach @(
        '; rm -rf /', '$(Get-Date)', '`$(exit)', '@x', '@{a=1}', '-Loud', '-Number 5', '& { 1 }', '{ 1 }', '| Out-File x', "' ; exit '", "`u{2018}; exit", '"; exit', '$env:PATH', '*', '[a-z]', "a`nexit", '--%', '#', "`0"
    ) {
        $answer = Invoke-Tool (@{ Text = $_ } | ConvertTo-Json)
        $global:ToolLog.Count | Should -Be 1
        $global:ToolLog[0].Keys | Should -BeExactly Text
        $global:ToolLog[0].Text | Should -BeExactly $_
        $answer.ToolHistory[0].Error | Should -BeNullOrEmpty
    }

    It 'gives no parameter that was not offered: <_>' -ForEach @(
        'OutVariable', 'ErrorAction', 'PipelineVariable', 'WarningAction', 'ErrorVariable', 'Verbose', 'Debug', 'WhatIf', 'Confirm', 'ov', 'ea', 'wi', 'cf', 'ProgressAction', 'InformationAction',
        'Tex', 'T', 'Lou', '-Loud', 'Loud:', 'Loud ', ' Loud', 'Loud`', 'args', 'PSBoundParameters', '', '*', 'Lou*', '__proto__', '@x', '$(exit)', 'Text; exit'
    ) {
        $answer = Invoke-Tool (ConvertTo-Json ([ordered]@{ Text = 'a'; "$_" = 'x' }))
        $global:ToolLog.Count | Should -Be 0
        $answer.ToolHistory[0].Confirmed | Should -BeFalse
        $answer.ToolHistory[0].Error | Should -BeLike "There is no parameter '*'. There is Text, Number, List, Table, Loud."
    }

    It 'gives no dynamic parameter' {
        $tool = Get-Command Get-ChildItem -ArgumentList TestDrive:/
        $tool.ParameterSets[0].Parameters | Where-Object Name -EQ File | ForEach-Object IsDynamic | Should -BeTrue
        $answer = Invoke-Tool '{"Path":["TestDrive:/"],"File":true}' $tool Get-ChildItem
        $answer.ToolHistory[0].Error | Should -BeLike "There is no parameter 'File'.*"
    }

    It 'calls nothing that was not given: <_>' -ForEach @(
        'Remove-Item', 'get-noted', 'Get-Noted ', ' Get-Noted', 'Get-*', '*', 'Get-Note?', './Get-Noted', 'global:Get-Noted', 'Get-Noted; Remove-Item', 'Get-Noted -Loud', '& Get-Noted', 'Microsoft.PowerShell.Management\Remove-Item', 'iex', '$(Get-Noted)', '.', '/bin/sh'
    ) {
        $answer = Invoke-Tool '{"Text":"a"}' -Name $_
        $global:ToolLog.Count | Should -Be 0
        $answer.ToolHistory[0].Command | Should -BeNullOrEmpty
        $answer.ToolHistory[0].Error | Should -BeLike "There is no tool '*'. There is Get-Noted."
        $answer.Content | Should -BeLike 'The tools say*'
    }

    It 'is told what is wrong with its arguments: <Name>' -ForEach @(
        @{ Name = 'malformed'; Given = '{"Text": /etc'; Message = 'The arguments are no JSON, or nested deeper than 64 levels: line 1, byte 10.' }
        @{ Name = 'no object'; Given = '["a"]'; Message = 'The arguments are no JSON object.' }
        @{ Name = 'a text'; Given = '"Text"'; Message = 'The arguments are no JSON object.' }
        @{ Name = 'two documents'; Given = '{"Text":"a"}{"Text":"b"}'; Message = 'The arguments are no JSON, or nested deeper than 64 levels: line 1, byte 13.' }
        @{ Name = 'a comment'; Given = '{"Text":"a"/*b*/}'; Message = 'The arguments are no JSON, or nested deeper than 64 levels: line 1, byte 12.' }
        @{ Name = 'one name twice'; Given = '{"Text":"a","Text":"b"}'; Message = "The arguments have 'Text' twice." }
        @{ Name = 'one name in two cases'; Given = '{"Text":"a","TEXT":"b"}'; Message = "The arguments have 'TEXT' twice." }
        @{ Name = 'one name twice further in'; Given = '{"Text":"a","Table":{"k":1,"K":2}}'; Message = "The arguments have 'K' twice." }
        @{ Name = 'nested deep'; Given = '{"Text":' + '[' * 100000; Message = 'The arguments are no JSON, or nested deeper than 64 levels: line 1, byte *' }
        @{ Name = '10 MB'; Given = '{"Text":"' + 'x' * 10MB + '"}'; Message = 'The arguments are 10,485,771 characters long; at most 262,144 are taken.' }
        @{ Name = 'half a character'; Given = '{"Text":"\ud800"}'; Message = 'The arguments have half a surrogate pair, which is no character.' }
        @{ Name = 'what is mandatory left out'; Given = '{}'; Message = "'Text' is missing, and has to be given." }
        @{ Name = 'what is mandatory null'; Given = '{"Text":null}'; Message = "'Text' is missing, and has to be given." }
        @{ Name = 'an object for a text'; Given = '{"Text":{"a":1}}'; Message = "'Text' has to be a string, and is an object." }
        @{ Name = 'a list for a text'; Given = '{"Text":["a"]}'; Message = "'Text' has to be a string, and is an array." }
        @{ Name = 'a text for a number'; Given = '{"Text":"a","Number":"1kb"}'; Message = "'Number' has to be an integer, and is `"1kb`"." }
        @{ Name = 'half a number'; Given = '{"Text":"a","Number":1.5}'; Message = "'Number' has to be an integer, and is 1.5." }
        @{ Name = 'a list for a switch'; Given = '{"Text":"a","Loud":[true]}'; Message = "'Loud' has to be a boolean, and is an array." }
        @{ Name = 'a text for a table'; Given = '{"Text":"a","Table":"@{}"}'; Message = "'Table' has to be an object, and is `"@{}`"." }
        @{ Name = 'an object in a list of texts'; Given = '{"Text":"a","List":["b",{"c":1}]}'; Message = "'List``[1``]' has to be a string, and is an object." }
    ) {
        $answer = Invoke-Tool $Given
        $global:ToolLog.Count | Should -Be 0
        $answer.ToolHistory[0].Error | Should -BeLike $Message
        $answer.ToolHistory[0].Confirmed | Should -BeFalse
        (Get-Told | ConvertFrom-Json).error | Should -BeExactly $answer.ToolHistory[0].Error
        # Services fail at arguments that are no JSON, and nobody pays for 10 MB a second time.
        $again = ((Get-ApiSimulatorRequest -Last 1).Body | ConvertFrom-Json).messages[1].tool_calls[0].function.arguments
        if ($Message -like 'The arguments*') { $again | Should -BeExactly '{}' } else { $again | Should -BeExactly $Given }
        # So that the model sees what it has to mend, it is told what it wrote, as far as that is not too long.
        $wrote = (Get-Told | ConvertFrom-Json).arguments
        if ($Message -notlike 'The arguments*') { $wrote | Should -BeNullOrEmpty }
        elseif ($Given.Length -le 500) { $wrote | Should -BeExactly $Given }
        else { $wrote | Should -BeExactly ($Given.Substring(0, 499) + [char]0x2026) }
    }

    It 'is told what does not bind: <Name>' -ForEach @(
        @{ Name = 'a number that is too large'; Given = '{"Text":"a","Number":3000000000}' }
        @{ Name = 'an empty text'; Given = '{"Text":""}' }
    ) {
        (Invoke-Tool $Given).ToolHistory[0].Error | Should -BeLike 'Cannot *'
        $global:ToolLog.Count | Should -Be 0
    }

    It 'runs nothing of an answer that was cut off in a call' {
        Start-TestService -Option @{ Answer = @{ ToolCalls = @{ Name = 'Get-Noted'; Arguments = '{"Text":"a"}' }, @{ Name = 'Get-Noted'; Arguments = '{"Text":"b"}' }; FinishReason = 'length' } }
        $answer = Invoke-ApiChat 'Go' -Tool Get-Noted -InvokeTool -Force
        $global:ToolLog.Text | Should -BeExactly a
        $answer.ToolHistory[1].Error | Should -BeExactly 'The answer was cut off in this call, and it was not run.'
    }

    It 'runs no more than 128 calls of one answer' {
        Start-TestService -Option @{ Answer = @{ ToolCalls = @(1..200 | ForEach-Object { @{ Name = 'Get-Noted'; Arguments = '{"Text":"a"}' } }) } }
        $answer = Invoke-ApiChat 'Go' -Tool Get-Noted -InvokeTool -Force
        $global:ToolLog.Count | Should -Be 128
        $answer.ToolHistory[199].Error | Should -BeExactly 'The call was not run: one answer has more than 128 calls.'
    }

    It 'answers with calls of one id, and each is told apart' {
        Start-TestService -Option @{ Answer = @{ ToolCalls = @(1..3 | ForEach-Object { @{ Id = 'same'; Name = 'Get-Noted'; Arguments = "{`"Text`":`"$_`"}" } }) } }
        $null = Invoke-ApiChat 'Go' -Tool Get-Noted -InvokeTool -Force
        ((Get-ApiSimulatorRequest -Last 1).Body | ConvertFrom-Json).messages.tool_call_id | Where-Object { $_ } | Should -BeExactly same, same_1, same_2
    }
}
