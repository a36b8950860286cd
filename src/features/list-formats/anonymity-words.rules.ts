const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/**
 * First names that are hardly ever anything else, English and Spanish, without accents. Names that
 * are also words, virtues, months or towns (Grace, Mark, June, Austin) are left out: they need a
 * cue such as "call" before them.
 */
export const givenNames = words(`
aaron abby abigail adam adriana adrian agnes aisha alan albert alejandra alejandro alex alexander
alexandra alexis alfred alfredo alice alicia alison allen allison alma alvin amanda amber amelia amy ana
andre andrea andrew andy angela angelica angie anita ann anna anne annette annie anthony antonia antonio
araceli arlene armando arnold arthur arturo ashley audrey barbara barry beatrice beatriz becky ben
benjamin bernard bernice bert beth betsy betty beverly billy blanca bob bobbie bobby brad bradley
brandon brenda brendan brent brett brian brianna bridget bruce bryan byron caitlin caleb calvin cameron
camila carl carla carlos carmen carol caroline carolyn carrie catalina catherine cathy cecilia cesar
charlene charles charlie charlotte cheryl chris christina christine christopher christy cindy claire
clara clarence claude claudia clifford clyde cody colin colleen connie connor corey courtney craig cristina
crystal curtis cynthia daisy dan dana daniel daniela danielle danny darlene darrell darren dave david
dean deanna debbie deborah debra denise dennis derek diana diane diego dolores dominic don donald donna
doris dorothy doug douglas dustin dwayne dylan ed eddie edgar edith edna eduardo edward edwin eileen
elaine eleanor elena elizabeth ellen ellie elsie emilia emilio emily emma enrique eric erica erik erika
erin ernest ernesto esteban esther ethan ethel eugene eva evelyn felipe felix fernanda fernando fran
frances francesca francis francisco fred freda frederick gabriel gabriela gabrielle gail gary gavin gene
geoff george gerald geraldine gerardo gilbert gina gladys glen glenda glenn gloria gonzalo gordon greg
gregory gretchen guadalupe guillermo gustavo gwen hank hannah harold harriet harry harvey hazel heather
hector heidi helen henry herbert herman hilda holly howard hugh hugo ian ignacio ines irene irma isaac
isabel isabella ismael ivan jackie jacob jacqueline jaime jake james jamie jan jane janet janice javier
jeanette jeanne jeff jeffrey jen jenna jennifer jenny jeremy jerome jerry jesse jessica jessie jill jim
jimmy jo joan joann joanna joanne joaquin jodi jody joe joel john johnny jon jonathan jorge jose josefina
joseph josephine josh joshua joyce juan juana juanita judith judy julia julian julie julio justin karen
karina karl karla kate katherine kathleen kathryn kathy katie kayla keith kelly ken kenneth kenny kevin
kim kimberly kirk kristen kristin kristina kurt kyle lance larry laura lauren laurie lawrence leah leo
leon leonard leonardo leroy leslie leticia lewis lillian linda lindsay lindsey lisa liz lois lorena lori
lorraine lou louis louise lourdes lucia lucille lucy luis luisa luke lupe lydia lynn mabel maggie manuel
marc marcia marco marcos marcus margaret margarita maria marian marianne marie marilyn mario marisol
marjorie marlene marsha martha martin marvin mary mateo matt matthew maureen maurice max megan mel melanie
melissa mercedes meredith michael michele michelle miguel mike mildred mindy miranda miriam misty mitch
molly monica morgan myrna nancy naomi natalia natalie natasha nathan nathaniel neil nelson nicholas nick
nicolas nicole nina nora norma norman octavio olga olivia oscar pablo pam pamela patricia patrick patsy
patty paul paula pauline pedro peggy peter phil philip phillip phyllis priscilla rachel rafael ralph ramon
randall randy raquel raul raymond rebecca regina renee rhonda ricardo richard rick ricky rita rob robert
roberta roberto robin rochelle rodney rodolfo rodrigo roger roland ron ronald ronnie rosa rosalie rosario
rosemary roxanne ruben rudy russell ruth ryan sabrina sally salvador sam samantha samuel sandra
santiago sara sarah scott sean sebastian sergio seth shane shannon sharon shaun shawn sheila shelby shelly
sherri sherry shirley silvia simon sofia sonia sonya sophia stacey stacy stan stanley stella stephanie
stephen steve steven stuart sue susan susana suzanne sylvia tamara tammy tania tara ted terence teresa
teri terri terry thelma theodore theresa thomas tiffany tim timothy tina todd tom tommy toni tony tracey
tracy travis trevor tricia tyler ursula valeria valerie vanessa vera vernon veronica vicki vicky victor
victoria vincent violeta vivian wallace walter wanda warren wayne wendy wesley whitney wilfred william
willie winifred ximena yesenia yolanda yvette yvonne zachary
`);

/** Words after a first name that make a place, a text or a day of it, not a last name. */
export const notLastNames = words(`
  clear
academy agape alley alliance alano arbor anonymous apartments area auditorium ave avenue baptist basement basilica
beach big bible blvd book boulevard bridge building bus cafe call campus cathedral catholic cedar center
centre chapel chat chip christian church circle city clinic closed club clubhouse college come community
conference congregational contact county court covenant creek daily day dial discussion district dr drive
drop east elementary email english entrance episcopal evangelical every everyone family fellowship field
first floor foundation free friday friend friends from garden group guild gym hall hamlet haven heights high
highway hill hills home hospital house hour hours hut in inn institute intergroup is island jail junior king
knox lake lane library lighthouse link literature lodge lot lutheran main manor market meditation meeting
meetings meets memorial men mennonite methodist middle midweek mission monday monastery moravian morning
mount nazarene new news night noon north odd office on online only open or our outreach parish park parking
passcode password path phone place plaza plus pm point pool prayer presbyterian press prison project
quarter queen ramp ranch read reading recovery reflections retreat ridge river road room saturday school
second secretary senior serenity service services side sister sisters sobriety south spanish speaker
speakers square st staircase state station steps step store street study suite sunday synagogue tavern
temple terrace text the third thursday time tower town township tradition traditions trail tuesday ucc
unitarian united university upper ville village wednesday welcome west will with women workshop ymca young
youth zoom
lunes martes miercoles jueves viernes sabado domingo calle avenida iglesia parroquia centro grupo sala
escuela plaza parque hospital clinica reunion paulo
after app before coming discord facebook google info information instagram joining number ahead page
register registration signal skype telegram them us website whatsapp you your
and at by for if please see to via y o en de con para por
`);

/** Names that stand in the fellowships' own literature and history, or on public holidays. */
export const publicNames = words(`
bill-wilson bob-smith lois-wilson luther-king joe-charlie emmet-fox thomas-merton carl-jung
william-james sam-shoemaker jimmy-kinnon anne-smith charles-kahn joe-hawk
`);
